import type { Knex } from 'knex';
import type { WorkspaceRole } from '@fettle/access';
import { deleteNotificationsOf } from '../notifications/notifications.store.ts';

/** A workspace as stored. */
export interface WorkspaceRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly created_at: string;
}

/** A membership as stored. */
export interface MemberRow {
  readonly workspace_id: string;
  readonly user_id: string;
  readonly role: WorkspaceRole;
  readonly added_at: string;
}

/** A membership with the person. */
export interface MemberWithAccount {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  readonly isActive: boolean;
  readonly addedAt: string;
}

export async function insertWorkspace(knex: Knex, row: WorkspaceRow): Promise<void> {
  await knex('workspace').insert(row);
}

export async function findWorkspace(knex: Knex, id: string): Promise<WorkspaceRow | undefined> {
  return (await knex('workspace').where({ id }).first()) as WorkspaceRow | undefined;
}

/** Locks the workspace until the transaction ends: changes of its members take turns. */
export async function lockWorkspace(transaction: Knex.Transaction, id: string): Promise<void> {
  await transaction('workspace').where({ id }).forUpdate().first('id');
}

export async function updateWorkspace(knex: Knex, id: string, change: { readonly name: string }): Promise<void> {
  await knex('workspace').where({ id }).update(change);
}

/** Slugs that begin like this one, to find a free one. */
export async function listWorkspaceSlugs(knex: Knex, beginning: string): Promise<readonly string[]> {
  return (await knex('workspace')
    .where('slug', '>=', beginning)
    .where('slug', '<', `${beginning}~`)
    .pluck('slug')) as string[];
}

export async function insertMember(knex: Knex, row: MemberRow): Promise<void> {
  await knex('workspace_member').insert(row);
}

export async function updateMemberRole(
  knex: Knex,
  workspaceId: string,
  userId: string,
  role: WorkspaceRole,
): Promise<void> {
  await knex('workspace_member').where({ workspace_id: workspaceId, user_id: userId }).update({ role });
}

/** Removes a membership, and what the person was given and told in the workspace. */
export async function deleteMember(knex: Knex, workspaceId: string, userId: string): Promise<void> {
  await knex('app_member')
    .where({ user_id: userId })
    .whereIn('app_id', knex('app').where({ workspace_id: workspaceId }).select('id'))
    .delete();
  await deleteNotificationsOf(knex, workspaceId, userId);
  await knex('workspace_member').where({ workspace_id: workspaceId, user_id: userId }).delete();
}

export async function countOwners(knex: Knex, workspaceId: string): Promise<number> {
  const row = (await knex('workspace_member')
    .where({ workspace_id: workspaceId, role: 'owner' })
    .count({ count: '*' })
    .first()) as { count: number | string } | undefined;
  return Number(row?.count ?? 0);
}

/** Members by name; with a user id, at most that one. */
export async function listMembers(
  knex: Knex,
  workspaceId: string,
  userId?: string,
): Promise<readonly MemberWithAccount[]> {
  const query = knex('workspace_member')
    .join('account', 'account.id', 'workspace_member.user_id')
    .where('workspace_member.workspace_id', workspaceId)
    .orderBy('account.name')
    .select(
      'account.id as userId',
      'account.email',
      'account.name',
      'account.is_active as isActive',
      'workspace_member.role',
      'workspace_member.added_at as addedAt',
    );
  if (userId !== undefined) query.where('account.id', userId);
  const rows = (await query) as MemberWithAccount[];
  return rows.map((row) => ({ ...row, isActive: Boolean(row.isActive) }));
}
