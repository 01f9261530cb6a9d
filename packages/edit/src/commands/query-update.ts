import { querySchema } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { queryOf } from '../find.ts';

const { dataSource, kind, settings, parameters, mode, run, timeoutMs, maxRows, result } = querySchema.properties;

/** Changes members of a query, each as a whole; null takes an optional one away. */
export const queryUpdate = defineCommand({
  type: 'query.update',
  title: 'Change query',
  schema: commandSchema('query.update', {
    query: idSchema,
    changes: Type.Object(
      {
        description: Type.Optional(orNull.text),
        dataSource: Type.Optional(dataSource),
        kind: Type.Optional(kind),
        settings: Type.Optional(settings),
        parameters: Type.Optional(parameters),
        mode: Type.Optional(mode),
        run: Type.Optional(run),
        timeoutMs: Type.Optional(Type.Union([timeoutMs, Type.Null()])),
        maxRows: Type.Optional(Type.Union([maxRows, Type.Null()])),
        result: Type.Optional(Type.Union([result, Type.Null()])),
        access: Type.Optional(orNull.rule),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, command) {
    queryOf(app, command.query);
    assignChanges(queryOf(draft, command.query), command.changes);
  },
  touches: ({ query, changes }) => Object.keys(changes).map((key) => `/queries/${query}/${key}`),
});
