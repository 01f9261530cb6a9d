import type { Method, Route, routes } from '@fettle/contract';

type InApp = typeof routes.notifications.inApp;
type Approvals = typeof routes.approvals.inApp;

/** Whose inbox: that of a workspace, or of one app. */
export type InboxPlace = { readonly workspaceId: string } | { readonly app: string };

// As for the other routes that an app calls: method and path, without the schemas. A test holds them to the contract.
const pick = <T extends Route>(method: Method, path: string): T => ({ method, path }) as T;

/** The routes of an inbox. Both places have the same, below another path. */
export function inboxRoutes(place: InboxPlace) {
  const base = 'app' in place ? '/api/run/:app' : '/api/workspaces/:workspaceId';
  return {
    notifications: {
      list: pick<InApp['list']>('GET', `${base}/notifications`),
      count: pick<InApp['count']>('GET', `${base}/notifications/count`),
      read: pick<InApp['read']>('POST', `${base}/notifications/:notification/read`),
      readAll: pick<InApp['readAll']>('POST', `${base}/notifications/read-all`),
      live: pick<InApp['live']>('GET', `${base}/notifications/live`),
    },
    approvals: {
      list: pick<Approvals['list']>('GET', `${base}/approvals`),
      count: pick<Approvals['count']>('GET', `${base}/approvals/count`),
      read: pick<Approvals['read']>('GET', `${base}/approvals/:approval`),
      answer: pick<Approvals['answer']>('POST', `${base}/approvals/:approval/answer`),
    },
  };
}
