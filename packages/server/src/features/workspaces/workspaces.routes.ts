import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Workspaces } from './workspaces.service.ts';

/** Workspaces themselves. */
export function workspaceRoutes({ workspaces }: { readonly workspaces: Workspaces }): RouteImplementation[] {
  return [
    implementRoute(routes.workspaces.create, async ({ grant, body }) => ({
      workspace: await workspaces.create(grant, body.name),
    })),
    implementRoute(routes.workspaces.read, async ({ grant }) => ({ workspace: await workspaces.read(grant) })),
    implementRoute(routes.workspaces.update, async ({ grant, body }) => ({
      workspace: await workspaces.rename(grant, body.name),
    })),
  ];
}
