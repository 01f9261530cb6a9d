import { isAtLeast, type WorkspaceRole } from '@fettle/access';
import type { AppAccess } from '@fettle/definition';

/**
 * The app roles somebody is given. What was assigned to them counts; else builders and above are admins of every app
 * of their workspace, and members have the app's role for members. Visitors, and people of other workspaces, have the
 * role `public` where the app allows visitors, and otherwise none.
 */
export function assignedRoles(
  access: AppAccess,
  person: { readonly workspaceRole: WorkspaceRole | undefined; readonly given: readonly string[] | undefined },
): readonly string[] {
  const { workspaceRole, given } = person;
  if (workspaceRole === undefined) return access.allowVisitors ? publicOnly : nothing;
  if (given !== undefined && given.length > 0) return given;
  if (isAtLeast(workspaceRole, 'builder')) return adminOnly;
  if (access.memberRole !== 'none') return membersOf(access);
  return access.allowVisitors ? publicOnly : nothing;
}

const publicOnly: readonly string[] = ['public'];
const adminOnly: readonly string[] = ['admin'];
const nothing: readonly string[] = [];
const lists = new WeakMap<AppAccess, readonly string[]>();

function membersOf(access: AppAccess): readonly string[] {
  let list = lists.get(access);
  if (list === undefined) lists.set(access, (list = [access.memberRole]));
  return list;
}
