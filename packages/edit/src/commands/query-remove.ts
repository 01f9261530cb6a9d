import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { queryOf } from '../find.ts';

/** Removes a query. What uses it is named by `checkApp`. */
export const queryRemove = defineCommand({
  type: 'query.remove',
  title: 'Remove query',
  schema: commandSchema('query.remove', { query: idSchema }),
  apply({ app, draft }, command) {
    queryOf(app, command.query);
    delete draft.queries[command.query];
  },
  touches: ({ query }) => [`/queries/${query}`],
});
