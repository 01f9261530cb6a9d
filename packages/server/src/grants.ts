import { workspaceRoleOf, type Grant, type WorkspaceRole } from '@fettle/access';
import { bug } from '@fettle/base';

/** The workspace a grant was given for. Services take it from here, never from a path. */
export function workspaceIdOf(grant: Grant): string {
  const { subject } = grant;
  if (subject.kind === 'workspace' || subject.kind === 'app' || subject.kind === 'release') return subject.workspaceId;
  throw bug(`A grant on ${subject.kind} names no workspace.`);
}

/** The app a grant was given for. */
export function appIdOf(grant: Grant): string {
  const { subject } = grant;
  if (subject.kind === 'app' || subject.kind === 'release') return subject.appId;
  throw bug(`A grant on ${subject.kind} names no app.`);
}

/** The signed-in person behind a grant on their own account or on the installation. */
export function userIdOf(grant: Grant): string {
  if (grant.actor.kind !== 'user') throw bug('Only people have an account.');
  return grant.actor.id;
}

/** The role of the grant's actor in the grant's workspace. */
export function roleOf(grant: Grant): WorkspaceRole {
  const role = workspaceRoleOf(grant.actor, workspaceIdOf(grant));
  if (role === undefined) throw bug('The actor of a workspace grant has no role there.');
  return role;
}
