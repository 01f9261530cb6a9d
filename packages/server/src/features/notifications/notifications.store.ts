import type { Knex } from 'knex';
import type { NotificationKind } from '@fettle/contract';

/** A notification as stored. Times are milliseconds since 1970. */
export interface NotificationRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly app_id: string | null;
  readonly environment: 'development' | 'production' | null;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string | null;
  readonly link: string | null;
  readonly approval_id: string | null;
  readonly created_at: number;
  readonly read_at: number | null;
  readonly dedupe_key: string | null;
}

/** A notification with the app that tells it. */
export interface ToldRow extends NotificationRow {
  readonly app_name: string | null;
  readonly app_slug: string | null;
}

/** Whose notifications, where: of a workspace, or of one app of it. */
export interface Shelf {
  readonly userId: string;
  readonly workspaceId: string;
  readonly appId: string | undefined;
}

/** A place in the list: newest first. */
export interface NotificationPlace {
  readonly createdAt: number;
  readonly id: string;
}

/** Kept per person and workspace at most. */
export const mostNotifications = 500;

/** Rows per statement: 13 values each, and SQLite takes 32,766 in all. */
const statementSize = 500;

/** Inserts them; a person who has one with the same key gets none. */
export async function insertNotifications(knex: Knex, rows: readonly NotificationRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += statementSize) {
    await knex('notification')
      .insert(rows.slice(at, at + statementSize))
      .onConflict(['user_id', 'dedupe_key'])
      .ignore();
  }
}

const channel = 'fettle_notifications';

/** The channel by which processes on one PostgreSQL tell each other whose notifications changed. */
export const notificationsChannel = channel;

/** Tells every process, once the transaction is committed. Ids are joined by commas; a payload has 8,000 bytes at most. */
export async function noticeNotifications(knex: Knex, userIds: readonly string[]): Promise<void> {
  for (let at = 0; at < userIds.length; at += 150) {
    await knex.raw('select pg_notify(?, ?)', [channel, userIds.slice(at, at + 150).join(',')]);
  }
}

function onShelf(knex: Knex, { userId, workspaceId, appId }: Shelf): Knex.QueryBuilder {
  const query = knex('notification').where({ user_id: userId, 'notification.workspace_id': workspaceId });
  return appId === undefined ? query : query.where({ app_id: appId });
}

/** Newest first. */
export async function listNotifications(
  knex: Knex,
  shelf: Shelf,
  page: { readonly isUnread: boolean; readonly from: NotificationPlace | undefined; readonly limit: number },
): Promise<readonly ToldRow[]> {
  const query = onShelf(knex, shelf)
    .leftJoin('app', 'app.id', 'notification.app_id')
    .select('notification.*', 'app.name as app_name', 'app.slug as app_slug')
    .orderBy('notification.created_at', 'desc')
    .orderBy('notification.id', 'desc')
    .limit(page.limit);
  if (page.isUnread) query.whereNull('read_at');
  const { from } = page;
  if (from !== undefined)
    query.where((older) =>
      older
        .where('notification.created_at', '<', from.createdAt)
        .orWhere((same) =>
          same.where('notification.created_at', from.createdAt).where('notification.id', '<', from.id),
        ),
    );
  const rows = (await query) as ToldRow[];
  return rows.map((row) => ({
    ...row,
    created_at: Number(row.created_at),
    read_at: row.read_at === null ? null : Number(row.read_at),
  }));
}

export async function countUnread(knex: Knex, shelf: Shelf): Promise<number> {
  const row = (await onShelf(knex, shelf).whereNull('read_at').count({ count: '*' }).first()) as
    | { count: number | string }
    | undefined;
  return Number(row?.count ?? 0);
}

/** Marks one as read. False when there is none on this shelf. */
export async function markRead(knex: Knex, shelf: Shelf, id: string, now: number): Promise<boolean> {
  const found = (await onShelf(knex, shelf).where('notification.id', id).first('id')) as { id: string } | undefined;
  if (found === undefined) return false;
  await knex('notification').where({ id }).whereNull('read_at').update({ read_at: now });
  return true;
}

/** Marks all until an instant as read. Answers how many were not. */
export async function markAllRead(knex: Knex, shelf: Shelf, until: number, now: number): Promise<number> {
  return onShelf(knex, shelf).whereNull('read_at').where('created_at', '<=', until).update({ read_at: now });
}

/** Marks what people were told about an approval as read: it is over. Answers whose it was. */
export async function markApprovalRead(knex: Knex, approvalId: string, now: number): Promise<readonly string[]> {
  const userIds = (await knex('notification')
    .where({ approval_id: approvalId })
    .whereIn('kind', ['approval', 'escalation'])
    .pluck('user_id')) as string[];
  await knex('notification')
    .where({ approval_id: approvalId })
    .whereIn('kind', ['approval', 'escalation'])
    .whereNull('read_at')
    .update({ read_at: now });
  return [...new Set(userIds)];
}

/** Removes what is more than {@link mostNotifications} of each person, or of some in a workspace. */
export async function trimNotifications(
  knex: Knex,
  of?: { readonly workspaceId: string; readonly userIds: readonly string[] },
): Promise<number> {
  const places = knex('notification').select(
    'id',
    knex.raw('row_number() over (partition by user_id, workspace_id order by created_at desc, id desc) as place'),
  );
  if (of !== undefined) places.where({ workspace_id: of.workspaceId }).whereIn('user_id', [...of.userIds]);
  return knex('notification')
    .whereIn('id', knex.from(places.as('placed')).where('place', '>', mostNotifications).select('id'))
    .delete();
}

/** Removes one batch of those from before an instant. Answers how many. */
export async function deleteOldNotifications(knex: Knex, before: number, limit: number): Promise<number> {
  const ids = (await knex('notification').where('created_at', '<', before).limit(limit).pluck('id')) as string[];
  return ids.length === 0 ? 0 : knex('notification').whereIn('id', ids).delete();
}

/** Removes what a person was told in a workspace. */
export async function deleteNotificationsOf(knex: Knex, workspaceId: string, userId: string): Promise<void> {
  await knex('notification').where({ workspace_id: workspaceId, user_id: userId }).delete();
}

/** Active members of a workspace by user id or e-mail address (in lower case). */
export async function findPeople(
  knex: Knex,
  workspaceId: string,
  by: { readonly ids: readonly string[]; readonly emails: readonly string[] },
): Promise<readonly { readonly id: string; readonly email: string }[]> {
  return (await knex('workspace_member')
    .join('account', 'account.id', 'workspace_member.user_id')
    .where({ workspace_id: workspaceId, is_active: true })
    .where((people) => people.whereIn('account.id', [...by.ids]).orWhereIn('account.email', [...by.emails]))
    .select('account.id', 'account.email')) as { id: string; email: string }[];
}
