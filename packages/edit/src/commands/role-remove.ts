import { Type } from 'typebox';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { refuse } from '../refusal.ts';
import { roleOf } from '../role-claims.ts';

/**
 * Removes a role; no other role inherits it any more. Rules that list it keep it and are named by `checkApp`: a role
 * that does not exist gives nobody anything, so a removal never widens access.
 */
export const roleRemove = defineCommand({
  type: 'role.remove',
  title: 'Remove role',
  schema: commandSchema('role.remove', { role: Type.String({ maxLength: 64 }) }),
  apply({ app, draft }, { role }) {
    roleOf(app, role);
    if (app.access.memberRole === role) {
      throw refuse('role.in-use', 'This is the role that members get.', 'Choose another role for members first.');
    }
    draft.access.roles = app.access.roles
      .filter(({ id }) => id !== role)
      .map((other) =>
        other.inherits.includes(role) ? { ...other, inherits: other.inherits.filter((id) => id !== role) } : other,
      );
  },
  touches: () => ['/access/roles'],
});
