import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Approvals } from './approvals.service.ts';

/** What waits for a person: in a workspace, and in one app. */
export function approvalRoutes(approvals: Approvals): readonly RouteImplementation[] {
  return [routes.approvals.inWorkspace, routes.approvals.inApp].flatMap((place) => [
    implementRoute(place.list, ({ grant, query }) => approvals.list(grant, query)),
    implementRoute(place.count, async ({ grant }) => ({ open: await approvals.countOpen(grant) })),
    implementRoute(place.read, async ({ grant, params }) => ({
      approval: await approvals.read(grant, (params as { readonly approval: string }).approval),
    })),
    implementRoute(place.answer, async ({ grant, params, body }) => ({
      approval: await approvals.answer(grant, (params as { readonly approval: string }).approval, body),
    })),
  ]);
}
