import { createHash } from 'node:crypto';
import { isAtLeast, type ApiKeyActor, type Grant, type WorkspaceRole } from '@fettle/access';
import { createId, inputError, notAllowed, notFound, type Clock } from '@fettle/base';
import type { ApiKeyInfo } from '@fettle/contract';
import { createExpiringCache } from '../../caching/expiring-cache.ts';
import type { Changes } from '../../changes/changes.ts';
import type { Database } from '../../database/database.ts';
import { roleOf, workspaceIdOf } from '../../grants.ts';
import type { Log } from '../../log.ts';
import type { Audit } from '../audit/audit.service.ts';
import {
  deleteApiKey,
  findApiKeyByHash,
  insertApiKey,
  listApiKeys,
  touchApiKey,
  type ApiKeyWithMaker,
} from './api-keys.store.ts';

/** A key to make. */
export interface NewApiKey {
  readonly name: string;
  readonly role: WorkspaceRole;
  readonly expiresAt?: string;
}

/** Keys for programs. A key is worth at most what its maker is worth now. */
export interface ApiKeys {
  list(grant: Grant): Promise<readonly ApiKeyInfo[]>;
  /** The secret is answered here and never again. */
  create(grant: Grant, key: NewApiKey): Promise<{ readonly apiKey: ApiKeyInfo; readonly secret: string }>;
  delete(grant: Grant, id: string): Promise<void>;
  /** The actor of a secret that holds. */
  actorOf(secret: string): Promise<ApiKeyActor | undefined>;
}

/** What the key service needs. */
export interface ApiKeysOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly log: Log;
  readonly changes: Changes;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes the key service. */
export function createApiKeys({ database, clock, audit, log, changes }: ApiKeysOptions): ApiKeys {
  const cache = createExpiringCache<ApiKeyActor | undefined>({ clock, maxAgeMs: 800, maxEntries: 5_000 });
  changes.on('api-keys', () => cache.forgetAll());
  // A key is worth what its maker is worth.
  changes.on('user', () => cache.forgetAll());
  const lastNoted = new Map<string, number>();
  const noteUse = (id: string): void => {
    const now = clock.now();
    if (now - (lastNoted.get(id) ?? 0) < 60_000) return;
    if (lastNoted.size > 10_000) lastNoted.clear();
    lastNoted.set(id, now);
    touchApiKey(database.knex, id, new Date(now).toISOString()).catch((error: unknown) =>
      log.warn({ err: error }, 'Use of an API key was not noted'),
    );
  };
  const load = async (hash: string): Promise<ApiKeyActor | undefined> => {
    const row = await findApiKeyByHash(database.knex, hash);
    const actor = row === undefined ? undefined : toActor(row, new Date(clock.now()).toISOString());
    if (actor !== undefined) noteUse(actor.id);
    return actor;
  };
  return {
    list: async (grant) => (await listApiKeys(database.knex, workspaceIdOf(grant))).map(toInfo),
    async create(grant, { name, role, expiresAt }) {
      const workspaceId = workspaceIdOf(grant);
      const { actor } = grant;
      if (actor.kind !== 'user')
        throw notAllowed({
          code: 'api-key.by-key',
          message: 'Only people make API keys.',
          hint: 'Sign in and make it there.',
        });
      assertFits(roleOf(grant), role);
      const at = new Date(clock.now()).toISOString();
      if (expiresAt !== undefined && !(Date.parse(expiresAt) > clock.now())) {
        throw inputError({
          code: 'api-key.expired',
          message: 'The key would have expired already.',
          hint: 'Give a later time.',
        });
      }
      const secret = createId('fk', 40);
      const row = {
        id: createId('key'),
        workspace_id: workspaceId,
        name,
        role,
        secret_hash: hashOf(secret),
        created_by: actor.id,
        created_at: at,
        expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
        last_used_at: null,
      };
      await database.transaction(async (transaction) => {
        await insertApiKey(transaction, row);
        await audit.record(
          {
            actor,
            action: 'api-keys.create',
            workspaceId,
            target: row.id,
            details: { name, role, expiresAt: row.expires_at },
          },
          transaction,
        );
      });
      return {
        apiKey: toInfo({ ...row, makerEmail: actor.email, makerRole: roleOf(grant), isMakerActive: true }),
        secret,
      };
    },
    async delete(grant, id) {
      const workspaceId = workspaceIdOf(grant);
      await database.transaction(async (transaction) => {
        if (!(await deleteApiKey(transaction, workspaceId, id)))
          throw notFound({ code: 'api-key.unknown', message: 'There is no such API key.' });
        await audit.record({ actor: grant.actor, action: 'api-keys.delete', workspaceId, target: id }, transaction);
      });
      changes.tell('api-keys', '');
    },
    actorOf(secret) {
      const hash = hashOf(secret);
      return cache.get(hash, () => load(hash));
    },
  };
}

function toActor(row: ApiKeyWithMaker, now: string): ApiKeyActor | undefined {
  if (row.makerRole === null || !row.isMakerActive || (row.expires_at !== null && row.expires_at <= now))
    return undefined;
  const role = isAtLeast(row.makerRole, row.role) ? row.role : row.makerRole;
  return { kind: 'api-key', id: row.id, name: row.name, workspaceId: row.workspace_id, role };
}

function toInfo(row: ApiKeyWithMaker): ApiKeyInfo {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.makerEmail,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

function assertFits(own: WorkspaceRole, role: WorkspaceRole): void {
  if (isAtLeast(own, role)) return;
  throw notAllowed({
    code: 'api-key.role-above-own',
    message: `Your role is ${own}; a key of yours cannot have the role ${role}.`,
    hint: 'Choose your own role or a weaker one.',
  });
}
