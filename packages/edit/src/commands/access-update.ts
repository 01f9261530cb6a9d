import { accessSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { accessRuleSchema, commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';

const { memberRole, allowVisitors, tables } = accessSchema.properties;

/** Changes rules of the app: the one for screens, the members' role, visitors, and rules of tables (each list as a whole). */
export const accessUpdate = defineCommand({
  type: 'access.update',
  title: 'Change access',
  schema: commandSchema('access.update', {
    changes: Type.Object(
      {
        defaultScreen: Type.Optional(accessRuleSchema),
        memberRole: Type.Optional(memberRole),
        allowVisitors: Type.Optional(allowVisitors),
        tables: Type.Optional(Type.Union([tables, Type.Null()])),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ draft }, { changes }) {
    assignChanges(draft.access, changes);
  },
  touches: ({ changes }) => Object.keys(changes).map((key) => `/access/${key}`),
});
