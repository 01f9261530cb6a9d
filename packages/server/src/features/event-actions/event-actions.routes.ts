import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import type { EventActions } from './event-actions.service.ts';

/** Routes that run event actions whose code is on the server. */
export function eventActionRoutes(actions: EventActions): readonly RouteImplementation[] {
  return [routes.apps.draftEventAction, routes.apps.runEventAction].map((route) =>
    implementRoute(route as typeof routes.apps.runEventAction, async (context) => ({
      result: await actions.run({
        actor: context.actor,
        running: runningAppOf(context),
        place: context.params,
        ...context.body,
        signal: context.signal,
      }),
    })),
  );
}
