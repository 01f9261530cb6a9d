import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { ApiKeys } from './api-keys.service.ts';

/** Keys for programs. */
export function apiKeyRoutes({ apiKeys }: { readonly apiKeys: ApiKeys }): RouteImplementation[] {
  return [
    implementRoute(routes.workspaces.apiKeys, async ({ grant }) => ({ apiKeys: [...(await apiKeys.list(grant))] })),
    implementRoute(routes.workspaces.createApiKey, ({ grant, body }) => apiKeys.create(grant, body)),
    implementRoute(routes.workspaces.deleteApiKey, ({ grant, params }) => apiKeys.delete(grant, params.keyId)),
  ];
}
