import { customRoleSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { freeRoleName } from '../role-claims.ts';
import { refuse } from '../refusal.ts';

/** Adds a role to the app. */
export const roleAdd = defineCommand({
  type: 'role.add',
  title: 'Add role',
  schema: commandSchema('role.add', { role: customRoleSchema }),
  apply({ app, draft }, { role }) {
    if (app.access.roles.some(({ id }) => id === role.id)) {
      throw refuse('role.id-taken', `The app has a role "${role.id}" already.`, 'Use a new id.');
    }
    freeRoleName(app, role.name, role.id);
    draft.access.roles.push(role);
  },
  touches: () => ['/access/roles'],
});
