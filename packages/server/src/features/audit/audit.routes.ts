import { routes } from '@fettle/contract';
import { workspaceIdOf } from '../../grants.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Audit } from './audit.service.ts';

/** Reading the audit log. */
export function auditRoutes({ audit }: { readonly audit: Audit }): RouteImplementation[] {
  return [
    implementRoute(routes.workspaces.audit, async ({ grant, query }) => ({
      entries: [...(await audit.list(workspaceIdOf(grant), query))],
    })),
  ];
}
