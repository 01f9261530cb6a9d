import { customRoleSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { roleOf } from '../role-claims.ts';

/** Changes a role's description or the roles it inherits. */
export const roleUpdate = defineCommand({
  type: 'role.update',
  title: 'Change role',
  schema: commandSchema('role.update', {
    role: Type.String({ maxLength: 64 }),
    changes: Type.Object(
      { description: Type.Optional(orNull.text), inherits: Type.Optional(customRoleSchema.properties.inherits) },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, { role, changes }) {
    roleOf(app, role);
    assignChanges(roleOf(draft, role), changes);
  },
  touches: () => ['/access/roles'],
});
