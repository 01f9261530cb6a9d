/** A role of an app: its id and the roles whose rights it has as well. */
export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly inherits: readonly string[];
}

/** The app roles that every app has, strongest first: admin > power > basic > public. */
export const builtInRoles: readonly RoleDefinition[] = [
  { id: 'admin', name: 'Admin', inherits: ['power'] },
  { id: 'power', name: 'Power user', inherits: ['basic'] },
  { id: 'basic', name: 'Basic user', inherits: ['public'] },
  { id: 'public', name: 'Public', inherits: [] },
];

/**
 * All roles someone has who was given `assigned`: those and everything they inherit. Role ids that no longer exist
 * give nothing, so that deleting a role never widens access; `admin` has every custom role too.
 */
export function expandRoles(assigned: readonly string[], customRoles: readonly RoleDefinition[]): ReadonlySet<string> {
  const byId = new Map([...builtInRoles, ...customRoles].map((role) => [role.id, role]));
  const expanded = new Set<string>();
  const visit = (id: string): void => {
    const role = byId.get(id);
    if (role === undefined || expanded.has(id)) return;
    expanded.add(id);
    role.inherits.forEach(visit);
  };
  assigned.forEach(visit);
  if (expanded.has('admin')) customRoles.forEach((role) => expanded.add(role.id));
  return expanded;
}
