import type { ApiClient, ApprovalInfo, NotificationInfo } from '@fettle/contract';
import type { GivenAnswer } from './answer-form.tsx';
import { inboxRoutes, type InboxPlace } from './inbox-routes.ts';

/** A page of notifications, newest first. */
export interface NotificationPage {
  readonly notifications: readonly NotificationInfo[];
  readonly unread: number;
  readonly next?: string;
}

/** A page of approvals, newest first. */
export interface ApprovalPage {
  readonly approvals: readonly ApprovalInfo[];
  readonly next?: string;
}

/** What the bell and the inbox ask of the server, as the person who is signed in. */
export interface InboxClient {
  notifications(cursor?: string): Promise<NotificationPage>;
  /** How much is not read, and how many approvals wait. */
  count(): Promise<{ readonly unread: number; readonly open: number }>;
  read(notification: string): Promise<void>;
  readAll(until: number): Promise<void>;
  /** Those that wait for the person, or those that are over. */
  approvals(state: 'open' | 'past', cursor?: string): Promise<ApprovalPage>;
  approval(id: string): Promise<ApprovalInfo>;
  /** Rejects with a conflict when it is over: what became of it, {@link InboxClient.approval} knows. */
  answer(id: string, given: GivenAnswer): Promise<ApprovalInfo>;
  /** Address of the stream that says when something changed. */
  readonly liveUrl: string;
}

/** Makes the client of one inbox. */
export function createInboxClient(api: ApiClient, place: InboxPlace): InboxClient {
  const { notifications, approvals } = inboxRoutes(place);
  // The contract's types are those of an app; the paths are those of the place.
  const params = place as { readonly app: string };
  return {
    notifications: (cursor) => api.call(notifications.list, { params, query: cursor === undefined ? {} : { cursor } }),
    async count() {
      const [told, waiting] = await Promise.all([
        api.call(notifications.count, { params }),
        api.call(approvals.count, { params }),
      ]);
      return { unread: told.unread, open: waiting.open };
    },
    async read(notification) {
      await api.call(notifications.read, { params: { ...params, notification } });
    },
    async readAll(until) {
      await api.call(notifications.readAll, { params, body: { until } });
    },
    approvals: (state, cursor) =>
      api.call(approvals.list, { params, query: { state, ...(cursor === undefined ? {} : { cursor }) } }),
    async approval(id) {
      return (await api.call(approvals.read, { params: { ...params, approval: id } })).approval;
    },
    async answer(id, { approved, comment, values }) {
      const body = { approved, values: { ...values }, ...(comment === undefined ? {} : { comment }) };
      return (await api.call(approvals.answer, { params: { ...params, approval: id }, body })).approval;
    },
    liveUrl: api.url(notifications.live, { params }),
  };
}
