import type { Grant } from '@fettle/access';
import { createId, inputError, notFound, type Clock } from '@fettle/base';
import type { NotificationInfo, NotificationKind } from '@fettle/contract';
import type { Database, StoreAccess } from '../../database/database.ts';
import { userIdOf, workspaceIdOf } from '../../grants.ts';
import { normaliseEmail } from '../account/account.store.ts';
import type { NotificationSignals } from './notification-signals.ts';
import * as store from './notifications.store.ts';

/** What people are told. */
export interface Message {
  readonly workspaceId: string;
  /** Ids of members of the workspace. */
  readonly to: readonly string[];
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body?: string | undefined;
  /** A path of the app, or a web address. */
  readonly link?: string | undefined;
  readonly app?: { readonly id: string; readonly environment: 'development' | 'production' } | undefined;
  readonly approvalId?: string | undefined;
  /** Of two with the same key, a person gets the first. */
  readonly key?: string | undefined;
}

/** A page of somebody's notifications. */
export interface NotificationPage {
  readonly notifications: NotificationInfo[];
  readonly unread: number;
  readonly next?: string;
}

/** What people are told in Fettle. Everybody sees their own, of the workspace or app that the grant names. */
export interface Notifications {
  /** Members of the workspace by user id or e-mail address; strangers are left out. */
  findPeople(workspaceId: string, to: readonly string[]): Promise<readonly string[]>;
  /** Tells people, in the transaction of whatever they are told about. Call {@link Notifications.announce} after it. */
  tell(knex: StoreAccess, message: Message): Promise<void>;
  /** What waited is over: nobody needs to be told of it. Answers whom to {@link Notifications.announce} it to. */
  settleApproval(knex: StoreAccess, approvalId: string): Promise<readonly string[]>;
  announce(userIds: readonly string[]): void;
  list(
    grant: Grant,
    page: { readonly unread?: boolean; readonly limit?: number; readonly cursor?: string },
  ): Promise<NotificationPage>;
  countUnread(grant: Grant): Promise<number>;
  read(grant: Grant, id: string): Promise<void>;
  /** Those that came later stay unread: nobody has seen them. */
  readAll(grant: Grant, until: number): Promise<void>;
}

/** Makes the service. */
export function createNotifications({
  database,
  clock,
  signals,
}: {
  readonly database: Database;
  readonly clock: Clock;
  readonly signals: NotificationSignals;
}): Notifications {
  const { knex } = database;
  const told = async (userId: string): Promise<void> => {
    if (database.kind === 'postgres') await store.noticeNotifications(knex, [userId]);
    signals.changed([userId]);
  };
  return {
    async findPeople(workspaceId, to) {
      const texts = to.map((text) => text.trim()).filter((text) => text !== '');
      const people = await store.findPeople(knex, workspaceId, {
        ids: texts.filter((text) => !text.includes('@')),
        emails: texts.filter((text) => text.includes('@')).map(normaliseEmail),
      });
      return people.map(({ id }) => id);
    },
    async tell(access, message) {
      const { workspaceId, to, kind, app, key } = message;
      const title = message.title.trim().slice(0, 300);
      const link = message.link === undefined ? null : checkedLink(message.link);
      const now = clock.now();
      const rows = [...new Set(to)].map((userId) => ({
        id: createId('ntf', 20),
        workspace_id: workspaceId,
        user_id: userId,
        app_id: app?.id ?? null,
        environment: app?.environment ?? null,
        kind,
        title,
        body: message.body === undefined ? null : message.body.slice(0, 10_000),
        link,
        approval_id: message.approvalId ?? null,
        created_at: now,
        read_at: null,
        dedupe_key: key === undefined ? null : `${workspaceId} ${key}`.slice(0, 300),
      }));
      if (rows.length === 0) return;
      await store.insertNotifications(access, rows);
      const userIds = rows.map((row) => row.user_id);
      // Of many people each gets one: the sweep that comes by keeps those in bounds.
      if (rows.length <= 100) await store.trimNotifications(access, { workspaceId, userIds });
      if (database.kind === 'postgres') await store.noticeNotifications(access, userIds);
    },
    async settleApproval(access, approvalId) {
      const userIds = await store.markApprovalRead(access, approvalId, clock.now());
      if (database.kind === 'postgres') await store.noticeNotifications(access, userIds);
      return userIds;
    },
    announce: signals.changed,
    async list(grant, { unread = false, limit = 30, cursor }) {
      const shelf = shelfOf(grant);
      const rows = await store.listNotifications(knex, shelf, {
        isUnread: unread,
        from: cursor === undefined ? undefined : readCursor(cursor),
        limit: limit + 1,
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        notifications: rows.slice(0, limit).map(infoOf),
        unread: await store.countUnread(knex, shelf),
        ...(last === undefined ? {} : { next: `${last.created_at}_${last.id}` }),
      };
    },
    countUnread: (grant) => store.countUnread(knex, shelfOf(grant)),
    async read(grant, id) {
      const shelf = shelfOf(grant);
      if (!(await store.markRead(knex, shelf, id, clock.now()))) throw unknown();
      await told(shelf.userId);
    },
    async readAll(grant, until) {
      const shelf = shelfOf(grant);
      if ((await store.markAllRead(knex, shelf, until, clock.now())) > 0) await told(shelf.userId);
    },
  };
}

function shelfOf(grant: Grant): store.Shelf {
  const { subject } = grant;
  return {
    userId: userIdOf(grant),
    workspaceId: workspaceIdOf(grant),
    appId: subject.kind === 'release' ? subject.appId : undefined,
  };
}

/** Where a click leads: never to what a browser would run. */
function checkedLink(link: string): string {
  const text = link.trim();
  const isPath = /^\/(?![/\\])/.test(text);
  if (text.length <= 2000 && (isPath || (/^https?:\/\//i.test(text) && URL.canParse(text)))) return text;
  throw inputError({
    code: 'notification.link',
    message: 'The link leads nowhere.',
    hint: 'Give a path of the app, such as /tickets/12, or an address that begins with https://.',
  });
}

function infoOf(row: store.ToldRow): NotificationInfo {
  const isPath = row.link?.startsWith('/') === true;
  const base = row.environment === 'development' ? `/preview/${row.app_id}` : `/apps/${row.app_slug}`;
  const isLost = isPath && row.app_slug === null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    body: row.body,
    app: row.app_id === null || row.app_slug === null ? null : { id: row.app_id, name: row.app_name ?? '' },
    href: row.link === null || isLost ? null : isPath ? base + row.link : row.link,
    path: isPath && row.environment === 'production' ? row.link : null,
    approval: row.approval_id,
    createdAt: row.created_at,
    isRead: row.read_at !== null,
  };
}

function readCursor(text: string): store.NotificationPlace {
  const [, createdAt, id] = /^(\d{1,16})_(.+)$/.exec(text) ?? [];
  if (createdAt === undefined || id === undefined)
    throw inputError({ code: 'notifications.cursor', message: 'This is no place in the list of notifications.' });
  return { createdAt: Number(createdAt), id };
}

const unknown = () =>
  notFound({
    code: 'notification.unknown',
    message: 'There is no such notification.',
    hint: 'It may be older than notifications are kept.',
  });
