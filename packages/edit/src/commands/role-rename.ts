import { Type } from 'typebox';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { freeRoleName, roleOf } from '../role-claims.ts';

/** Gives a role another name. Rules refer to roles by id, so nothing else changes. */
export const roleRename = defineCommand({
  type: 'role.rename',
  title: 'Rename role',
  schema: commandSchema('role.rename', {
    role: Type.String({ maxLength: 64 }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
  }),
  value: 'name',
  apply({ app, draft }, { role, name }) {
    roleOf(app, role);
    freeRoleName(app, name, role);
    roleOf(draft, role).name = name;
  },
  touches: () => ['/access/roles'],
});
