import { Type, type Static } from 'typebox';
import { defineRoute } from '../route.ts';
import { environment, exact, id, instant } from '../schemas.ts';

/** Names as steps of flows write them. */
const name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z_][A-Za-z0-9_-]*$' });
const place = exact({ workspaceId: id, environment, secret: name });

const secret = exact({ name: Type.String(), environment, updatedAt: instant, updatedBy: Type.String() });
/** A stored secret, without its value. */
export type StoredSecretInfo = Static<typeof secret>;

/** Secrets of a workspace that flows name: tokens, passwords, signing keys. Values are never sent back. */
export const storedSecretRoutes = {
  list: defineRoute({
    id: 'secrets.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/secrets',
    summary: 'Names of the secrets that flows can use.',
    access: { kind: 'workspace', action: 'secret.manage' },
    params: exact({ workspaceId: id }),
    response: exact({ secrets: Type.Array(secret) }),
  }),
  save: defineRoute({
    id: 'secrets.save',
    method: 'PUT',
    path: '/api/workspaces/:workspaceId/secrets/:environment/:secret',
    summary: 'Stores a secret, or replaces it.',
    access: { kind: 'workspace', action: 'secret.manage' },
    params: place,
    body: exact({ value: Type.String({ minLength: 1, maxLength: 20_000 }) }),
  }),
  remove: defineRoute({
    id: 'secrets.delete',
    method: 'DELETE',
    path: '/api/workspaces/:workspaceId/secrets/:environment/:secret',
    summary: 'Deletes a secret. Steps that name it fail from then on.',
    access: { kind: 'workspace', action: 'secret.manage' },
    params: place,
  }),
} as const;
