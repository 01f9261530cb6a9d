import type { ApiClient, NotificationInfo } from '@fettle/contract';
import { inboxRoutes, type InboxPlace } from './inbox-routes.ts';

/** A page of notifications, newest first. */
export interface NotificationPage {
  readonly notifications: readonly NotificationInfo[];
  readonly unread: number;
  readonly next?: string;
}

/** What the bell asks of the server, as the person who is signed in. */
export interface InboxClient {
  notifications(cursor?: string): Promise<NotificationPage>;
  count(): Promise<{ readonly unread: number }>;
  read(notification: string): Promise<void>;
  readAll(until: number): Promise<void>;
  /** Address of the stream that says when something changed. */
  readonly liveUrl: string;
}

/** Makes the client of one inbox. */
export function createInboxClient(api: ApiClient, place: InboxPlace): InboxClient {
  const routes = inboxRoutes(place);
  // The contract's types are those of an app; the paths are those of the place.
  const params = place as { readonly app: string };
  return {
    notifications: (cursor) => api.call(routes.list, { params, query: cursor === undefined ? {} : { cursor } }),
    count: () => api.call(routes.count, { params }),
    async read(notification) {
      await api.call(routes.read, { params: { ...params, notification } });
    },
    async readAll(until) {
      await api.call(routes.readAll, { params, body: { until } });
    },
    liveUrl: api.url(routes.live, { params }),
  };
}
