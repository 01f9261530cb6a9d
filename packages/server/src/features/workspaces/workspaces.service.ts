import type { Grant } from '@fettle/access';
import { createId, notFound, slugFromLabel, uniqueName, type Clock } from '@fettle/base';
import type { Database } from '../../database/database.ts';
import { userIdOf, workspaceIdOf } from '../../grants.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Sessions } from '../session/session.service.ts';
import {
  findWorkspace,
  insertMember,
  insertWorkspace,
  listWorkspaceSlugs,
  updateWorkspace,
  type WorkspaceRow,
} from './workspaces.store.ts';

/** A workspace as it is answered. */
export interface WorkspaceInfo {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly createdAt: string;
}

/** Workspaces themselves. */
export interface Workspaces {
  create(grant: Grant, name: string): Promise<WorkspaceInfo>;
  read(grant: Grant): Promise<WorkspaceInfo>;
  rename(grant: Grant, name: string): Promise<WorkspaceInfo>;
}

/** What the workspace service needs. */
export interface WorkspacesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sessions: Sessions;
}

/** Makes the workspace service. */
export function createWorkspaces({ database, clock, audit, sessions }: WorkspacesOptions): Workspaces {
  const read = async (id: string): Promise<WorkspaceInfo> => {
    const row = await findWorkspace(database.knex, id);
    if (row === undefined) throw notFound({ code: 'not-found', message: 'This workspace is gone.' });
    return toInfo(row);
  };
  return {
    async create(grant, name) {
      const userId = userIdOf(grant);
      const id = createId('wsp');
      const at = new Date(clock.now()).toISOString();
      await database.transaction(async (transaction) => {
        const base = slugFromLabel(name, 'workspace');
        const taken = new Set(await listWorkspaceSlugs(transaction, base));
        const slug = uniqueName(base, (candidate) => taken.has(candidate));
        await insertWorkspace(transaction, { id, name, slug, created_at: at });
        await insertMember(transaction, { workspace_id: id, user_id: userId, role: 'owner', added_at: at });
        await audit.record(
          { actor: grant.actor, action: 'workspaces.create', workspaceId: id, target: id, details: { name } },
          transaction,
        );
      });
      sessions.forget(userId);
      return read(id);
    },
    read: (grant) => read(workspaceIdOf(grant)),
    async rename(grant, name) {
      const id = workspaceIdOf(grant);
      await database.transaction(async (transaction) => {
        await updateWorkspace(transaction, id, { name });
        await audit.record(
          { actor: grant.actor, action: 'workspaces.update', workspaceId: id, target: id, details: { name } },
          transaction,
        );
      });
      return read(id);
    },
  };
}

function toInfo({ id, name, slug, created_at: createdAt }: WorkspaceRow): WorkspaceInfo {
  return { id, name, slug, createdAt };
}
