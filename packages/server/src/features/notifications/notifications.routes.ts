import { routes } from '@fettle/contract';
import { userIdOf, workspaceIdOf } from '../../grants.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { LiveStreams } from './live-streams.ts';
import type { Notifications } from './notifications.service.ts';

/** What people are told: in a workspace, and in one app. */
export function notificationRoutes(notifications: Notifications, streams: LiveStreams): readonly RouteImplementation[] {
  return [routes.notifications.inWorkspace, routes.notifications.inApp].flatMap((place) => [
    implementRoute(place.list, ({ grant, query }) => notifications.list(grant, query)),
    implementRoute(place.count, async ({ grant }) => ({ unread: await notifications.countUnread(grant) })),
    implementRoute(place.read, async ({ grant, params }) => {
      await notifications.read(grant, (params as { readonly notification: string }).notification);
      return undefined;
    }),
    implementRoute(place.readAll, async ({ grant, body }) => {
      await notifications.readAll(grant, body.until);
      return undefined;
    }),
    implementRoute(place.live, ({ grant, response }) =>
      streams.open({ userId: userIdOf(grant), workspaceId: workspaceIdOf(grant) }, response),
    ),
  ]);
}
