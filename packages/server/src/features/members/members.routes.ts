import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Members } from './members.service.ts';

/** Members of a workspace. */
export function memberRoutes({ members }: { readonly members: Members }): RouteImplementation[] {
  return [
    implementRoute(routes.workspaces.members, async ({ grant }) => ({ members: [...(await members.list(grant))] })),
    implementRoute(routes.workspaces.addMember, async ({ grant, body }) => ({
      member: await members.add(grant, body),
    })),
    implementRoute(routes.workspaces.updateMember, async ({ grant, params, body }) => ({
      member: await members.setRole(grant, params.userId, body.role),
    })),
    implementRoute(routes.workspaces.removeMember, ({ grant, params }) => members.remove(grant, params.userId)),
  ];
}
