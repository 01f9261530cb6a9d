import type { Knex } from 'knex';
import type { WorkspaceRole } from '@fettle/access';

/** An API key as stored: its secret as a hash only. */
export interface ApiKeyRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  readonly secret_hash: string;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** A key with what decides whether it still holds: its maker's present role and state. */
export interface ApiKeyWithMaker extends ApiKeyRow {
  readonly makerEmail: string;
  readonly makerRole: WorkspaceRole | null;
  readonly isMakerActive: boolean;
}

export async function insertApiKey(knex: Knex, row: ApiKeyRow): Promise<void> {
  await knex('api_key').insert(row);
}

function withMaker(knex: Knex): Knex.QueryBuilder {
  return knex('api_key')
    .join('account', 'account.id', 'api_key.created_by')
    .leftJoin('workspace_member', (join) =>
      join
        .on('workspace_member.workspace_id', 'api_key.workspace_id')
        .andOn('workspace_member.user_id', 'api_key.created_by'),
    )
    .select(
      'api_key.*',
      'account.email as makerEmail',
      'account.is_active as isMakerActive',
      'workspace_member.role as makerRole',
    );
}

export async function findApiKeyByHash(knex: Knex, secretHash: string): Promise<ApiKeyWithMaker | undefined> {
  const row = (await withMaker(knex).where('api_key.secret_hash', secretHash).first()) as ApiKeyWithMaker | undefined;
  return row === undefined ? undefined : { ...row, isMakerActive: Boolean(row.isMakerActive) };
}

export async function listApiKeys(knex: Knex, workspaceId: string): Promise<readonly ApiKeyWithMaker[]> {
  return (await withMaker(knex)
    .where('api_key.workspace_id', workspaceId)
    .orderBy('api_key.created_at', 'desc')) as ApiKeyWithMaker[];
}

/** True when there was such a key. */
export async function deleteApiKey(knex: Knex, workspaceId: string, id: string): Promise<boolean> {
  return (await knex('api_key').where({ id, workspace_id: workspaceId }).delete()) > 0;
}

export async function touchApiKey(knex: Knex, id: string, at: string): Promise<void> {
  await knex('api_key').where({ id }).update({ last_used_at: at });
}
