/** Roles in a workspace, strongest first. */
export const workspaceRoles = ['owner', 'admin', 'builder', 'member'] as const;

/** One of {@link workspaceRoles}. */
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** A signed-in person. */
export interface UserActor {
  readonly kind: 'user';
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** True for those who run the installation: they make workspaces. */
  readonly isOperator: boolean;
  /** Workspace id → role there. */
  readonly workspaces: Readonly<Record<string, WorkspaceRole>>;
}

/** A key for programs. It has one workspace and at most its maker's role there. */
export interface ApiKeyActor {
  readonly kind: 'api-key';
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
  readonly role: WorkspaceRole;
}

/** Somebody who is not signed in. May do nothing but what is public. */
export interface VisitorActor {
  readonly kind: 'visitor';
}

/** The server itself, doing trusted work for the stated reason. Made only where jobs and start-up live. */
export interface SystemActor {
  readonly kind: 'system';
  readonly reason: string;
}

/** A flow at work: it may do what its own steps use, whoever started it. Made only where runs are played. */
export interface FlowActor {
  readonly kind: 'flow';
  readonly workspaceId: string;
  readonly appId: string;
  readonly flowId: string;
  readonly name: string;
  /** How many flows started one another before it. */
  readonly depth: number;
  /** Who started the run, for what is written about it; null: a trigger did. Gives no right. */
  readonly startedBy: { readonly id: string; readonly email: string; readonly name: string } | null;
}

/** Who asks. There is no other kind and no absent actor. */
export type Actor = UserActor | ApiKeyActor | VisitorActor | SystemActor | FlowActor;

/** The actor of a request without credentials. */
export const visitor: VisitorActor = { kind: 'visitor' };

/** The actor's role in a workspace; undefined when it has none. */
export function workspaceRoleOf(actor: Actor, workspaceId: string): WorkspaceRole | undefined {
  if (actor.kind === 'user') {
    return Object.hasOwn(actor.workspaces, workspaceId) ? actor.workspaces[workspaceId] : undefined;
  }
  return actor.kind === 'api-key' && actor.workspaceId === workspaceId ? actor.role : undefined;
}

/** True when `role` is `least` or stronger. */
export function isAtLeast(role: WorkspaceRole, least: WorkspaceRole): boolean {
  return workspaceRoles.indexOf(role) <= workspaceRoles.indexOf(least);
}
