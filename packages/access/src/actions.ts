import type { WorkspaceRole } from './actor.ts';

/** Actions on a workspace or on an app of it, with the workspace role each needs. */
export const workspaceActions = {
  'workspace.read': 'member',
  'workspace.manage': 'admin',
  'workspace.delete': 'owner',
  'member.list': 'builder',
  'member.manage': 'admin',
  'api-key.manage': 'admin',
  'audit.read': 'admin',
  'data-source.list': 'builder',
  'data-source.manage': 'builder',
  'data.read': 'builder',
  'data.write': 'builder',
  'structure.manage': 'builder',
  'secret.manage': 'builder',
  'plugin.manage': 'admin',
  'app.list': 'member',
  'app.create': 'builder',
  'app.read': 'builder',
  'app.edit': 'builder',
  'app.publish': 'builder',
  'app.publish-untested': 'admin',
  'app.delete': 'builder',
  'app.members': 'builder',
  'flow.read': 'builder',
  'flow.operate': 'builder',
  'inbox.use': 'member',
} as const satisfies Readonly<Record<string, WorkspaceRole>>;

/** An action that a workspace role decides. */
export type WorkspaceAction = keyof typeof workspaceActions;

/** Actions on a running app: its roles and rules decide, by the access plan of the release or draft. */
export const releaseActions = [
  'app.open',
  'screen.view',
  'query.run',
  'flow.start',
  'event-action.run',
  'table.view',
  'table.create',
  'table.update',
  'table.delete',
  'source.back-up',
  'file.upload',
  'inbox.use',
] as const;

/** One of {@link releaseActions}. */
export type ReleaseAction = (typeof releaseActions)[number];

/** What only people have, whatever their role: a key or a visitor has nobody to tell something to. */
export const personalActions: ReadonlySet<string> = new Set(['inbox.use']);

/** Actions on one's own account, and on the installation. */
export type AccountAction = 'account.self';
/** Only operators may: workspaces are made and users listed across them. */
export type InstallationAction = 'installation.manage';

/** Everything that can be asked for. A closed list. */
export type Action = WorkspaceAction | ReleaseAction | AccountAction | InstallationAction;
