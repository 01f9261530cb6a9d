import { Type, type Static } from 'typebox';
import { defineRoute } from '../route.ts';
import { email, exact, id, instant, newPassword, title, workspaceRole } from '../schemas.ts';

const inWorkspace = exact({ workspaceId: id });
const workspace = exact({ id, name: Type.String(), slug: Type.String(), createdAt: instant });
const member = exact({
  userId: id,
  email: Type.String(),
  name: Type.String(),
  role: workspaceRole,
  isActive: Type.Boolean(),
  addedAt: instant,
});
const apiKey = exact({
  id,
  name: Type.String(),
  role: workspaceRole,
  createdAt: instant,
  createdBy: Type.String(),
  expiresAt: Type.Union([instant, Type.Null()]),
  lastUsedAt: Type.Union([instant, Type.Null()]),
});

/** A member of a workspace. */
export type WorkspaceMember = Static<typeof member>;
/** An API key, without its secret. */
export type ApiKeyInfo = Static<typeof apiKey>;

const auditEntry = exact({
  id,
  at: instant,
  actor: Type.String(),
  action: Type.String(),
  target: Type.String(),
  outcome: Type.Union([Type.Literal('done'), Type.Literal('denied')]),
  details: Type.Unknown(),
});

/** Workspaces, their members, keys and audit log. */
export const workspaceRoutes = {
  create: defineRoute({
    id: 'workspaces.create',
    method: 'POST',
    path: '/api/workspaces',
    summary: 'Makes a workspace; the caller becomes its owner.',
    access: { kind: 'installation' },
    body: exact({ name: title }),
    response: exact({ workspace }),
  }),
  read: defineRoute({
    id: 'workspaces.read',
    method: 'GET',
    path: '/api/workspaces/:workspaceId',
    summary: 'One workspace.',
    access: { kind: 'workspace', action: 'workspace.read' },
    params: inWorkspace,
    response: exact({ workspace }),
  }),
  update: defineRoute({
    id: 'workspaces.update',
    method: 'PATCH',
    path: '/api/workspaces/:workspaceId',
    summary: 'Renames a workspace.',
    access: { kind: 'workspace', action: 'workspace.manage' },
    params: inWorkspace,
    body: exact({ name: title }),
    response: exact({ workspace }),
  }),
  members: defineRoute({
    id: 'members.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/members',
    summary: 'The members of a workspace.',
    access: { kind: 'workspace', action: 'member.list' },
    params: inWorkspace,
    response: exact({ members: Type.Array(member) }),
  }),
  addMember: defineRoute({
    id: 'members.add',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/members',
    summary: 'Adds a person: an existing user by e-mail, or a new one with a first password.',
    access: { kind: 'workspace', action: 'member.manage' },
    params: inWorkspace,
    body: exact({ email, name: Type.Optional(title), role: workspaceRole, password: Type.Optional(newPassword) }),
    response: exact({ member }),
  }),
  updateMember: defineRoute({
    id: 'members.update',
    method: 'PATCH',
    path: '/api/workspaces/:workspaceId/members/:userId',
    summary: 'Changes a member’s role.',
    access: { kind: 'workspace', action: 'member.manage' },
    params: exact({ workspaceId: id, userId: id }),
    body: exact({ role: workspaceRole }),
    response: exact({ member }),
  }),
  removeMember: defineRoute({
    id: 'members.remove',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/members/:userId',
    summary: 'Removes a member; their rights end at once.',
    access: { kind: 'workspace', action: 'member.manage' },
    params: exact({ workspaceId: id, userId: id }),
  }),
  apiKeys: defineRoute({
    id: 'api-keys.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/api-keys',
    summary: 'API keys, without their secrets.',
    access: { kind: 'workspace', action: 'api-key.manage' },
    params: inWorkspace,
    response: exact({ apiKeys: Type.Array(apiKey) }),
  }),
  createApiKey: defineRoute({
    id: 'api-keys.create',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/api-keys',
    summary: 'Makes an API key. Its secret is in this answer only.',
    access: { kind: 'workspace', action: 'api-key.manage' },
    params: inWorkspace,
    body: exact({ name: title, role: workspaceRole, expiresAt: Type.Optional(instant) }),
    response: exact({ apiKey, secret: Type.String() }),
  }),
  deleteApiKey: defineRoute({
    id: 'api-keys.delete',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/api-keys/:keyId',
    summary: 'Revokes an API key at once.',
    access: { kind: 'workspace', action: 'api-key.manage' },
    params: exact({ workspaceId: id, keyId: id }),
  }),
  audit: defineRoute({
    id: 'audit.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/audit',
    summary: 'The audit log, newest first.',
    access: { kind: 'workspace', action: 'audit.read' },
    params: inWorkspace,
    query: exact({
      before: Type.Optional(id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    response: exact({ entries: Type.Array(auditEntry) }),
  }),
} as const;
