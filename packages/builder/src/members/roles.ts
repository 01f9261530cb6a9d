import { isAtLeast, workspaceRoles, type WorkspaceRole } from '@fettle/access';

/** What each role of a workspace may do, in words. */
export const roleWords: Readonly<Record<WorkspaceRole, { readonly label: string; readonly text: string }>> = {
  owner: { label: 'Owner', text: 'Everything, also deleting the workspace and naming owners.' },
  admin: { label: 'Admin', text: 'Members, keys, settings and the audit log, and all that builders do.' },
  builder: { label: 'Builder', text: 'Makes apps and works with all data sources.' },
  member: { label: 'Member', text: 'Uses the published apps they have a role in.' },
};

/** The roles that somebody with the role `own` can give: nobody gives more than they have. */
export function rolesToGive(own: WorkspaceRole): readonly { readonly value: WorkspaceRole; readonly label: string }[] {
  return workspaceRoles
    .filter((role) => isAtLeast(own, role))
    .map((role) => ({ value: role, label: roleWords[role].label }));
}

/** Why a member cannot be changed by somebody; undefined when they can. */
export function lockedReason(
  own: WorkspaceRole,
  member: { readonly userId: string; readonly role: WorkspaceRole },
  members: readonly { readonly role: WorkspaceRole }[],
): string | undefined {
  if (!isAtLeast(own, 'admin')) return 'Only admins and owners change members.';
  if (!isAtLeast(own, member.role))
    return `Only somebody with the role ${roleWords[member.role].label} can change this member.`;
  if (member.role === 'owner' && members.filter(({ role }) => role === 'owner').length === 1) {
    return 'A workspace needs an owner, and this is the last one. Make somebody else an owner first.';
  }
  return undefined;
}
