import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../../http/implement-route.ts';
import type { FlowAlerts } from './alerts.service.ts';

/** Routes about what people want to be told. */
export function flowAlertRoutes(alerts: FlowAlerts): readonly RouteImplementation[] {
  const { flowAlerts } = routes;
  return [
    implementRoute(flowAlerts.list, ({ grant }) => alerts.list(grant)),
    implementRoute(flowAlerts.create, async ({ grant, actor, body }) => ({
      id: await alerts.create(grant, actor, body),
    })),
    implementRoute(flowAlerts.update, async ({ grant, actor, params, body }) => {
      await alerts.update(grant, actor, params.alert, body);
      return undefined;
    }),
    implementRoute(flowAlerts.remove, async ({ grant, actor, params }) => {
      await alerts.remove(grant, actor, params.alert);
      return undefined;
    }),
  ];
}
