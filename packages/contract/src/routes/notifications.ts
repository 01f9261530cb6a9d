import { Type, type Static, type TObject } from 'typebox';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';
import { appInbox, workspaceInbox, type InboxPlace } from './inbox-places.ts';

const millis = Type.Integer({ minimum: 0 });

/** What people are told about. */
export const notificationKinds = ['message', 'approval', 'escalation', 'answer', 'alert'] as const;
/** One of {@link notificationKinds}. */
export type NotificationKind = (typeof notificationKinds)[number];

const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

const notification = exact({
  id,
  kind: oneOf(notificationKinds),
  title: Type.String(),
  body: orNull(Type.String()),
  /** The app that tells it. */
  app: Type.Union([exact({ id, name: Type.String() }), Type.Null()]),
  /** Where it leads, from anywhere. */
  href: orNull(Type.String()),
  /** Where it leads within its app, when that is published. */
  path: orNull(Type.String()),
  /** The approval it is about. */
  approval: orNull(Type.String()),
  /** Milliseconds since 1970. */
  createdAt: millis,
  isRead: Type.Boolean(),
});
/** Something that one person was told. */
export type NotificationInfo = Static<typeof notification>;

function notificationsAt<P extends TObject, O extends TObject>(place: InboxPlace<P, O>) {
  const { access, params, where } = place;
  return {
    list: defineRoute({
      id: `${place.id}.list`,
      method: 'GET',
      path: `${place.path}/notifications`,
      summary: `What the caller was told in ${where}, newest first.`,
      access,
      params,
      query: exact({
        unread: Type.Optional(Type.Boolean()),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
        cursor: Type.Optional(Type.String({ maxLength: 200 })),
      }),
      response: exact({
        notifications: Type.Array(notification),
        /** How many of all are not read. */
        unread: Type.Integer(),
        next: Type.Optional(Type.String()),
      }),
    }),
    count: defineRoute({
      id: `${place.id}.count`,
      method: 'GET',
      path: `${place.path}/notifications/count`,
      summary: `How much of what the caller was told in ${where} is not read.`,
      access,
      params,
      response: exact({ unread: Type.Integer() }),
    }),
    read: defineRoute({
      id: `${place.id}.read`,
      method: 'POST',
      path: `${place.path}/notifications/:notification/read`,
      summary: 'Marks a notification as read.',
      access,
      params: place.one,
    }),
    readAll: defineRoute({
      id: `${place.id}.read-all`,
      method: 'POST',
      path: `${place.path}/notifications/read-all`,
      summary: `Marks everything as read that the caller was told in ${where} until an instant.`,
      access,
      params,
      body: exact({ until: millis }),
    }),
    live: defineRoute({
      id: `${place.id}.live`,
      method: 'GET',
      path: `${place.path}/notifications/live`,
      summary:
        'A stream of server-sent events: `changed` when there is something new to ask for. It ends after some minutes; connect again.',
      access,
      params,
      transfer: 'download',
    }),
  } as const;
}

/** What people are told in Fettle: each their own. */
export const notificationRoutes = {
  inWorkspace: notificationsAt({
    ...workspaceInbox,
    id: 'notifications',
    one: exact({ workspaceId: id, notification: id }),
  }),
  inApp: notificationsAt({ ...appInbox, id: 'app-notifications', one: exact({ app: id, notification: id }) }),
} as const;
