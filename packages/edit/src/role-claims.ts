import type { App, CustomRole } from '@fettle/definition';
import { missing, refuse } from './refusal.ts';

const builtInNames = ['admin', 'power user', 'basic user', 'public'];

/** Refuses a role name that another role has. */
export function freeRoleName(app: App, name: string, self: string): void {
  const isTaken =
    builtInNames.includes(name.toLowerCase()) ||
    app.access.roles.some((role) => role.id !== self && role.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw refuse('name.taken', `A role is called "${name}" already.`, 'Choose another name.');
}

/** The custom role, or a refusal. */
export function roleOf(app: Pick<App, 'access'>, id: string): CustomRole {
  const role = app.access.roles.find((one) => one.id === id);
  if (role === undefined) throw missing('role', id);
  return role;
}
