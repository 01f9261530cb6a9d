import { routes } from '@fettle/contract';
import { workspaceIdOf } from '../../grants.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { MyApps } from '../running/my-apps.ts';
import type { Apps } from './apps.service.ts';

/** Apps themselves. */
export function appRoutes({ apps, myApps }: { readonly apps: Apps; readonly myApps: MyApps }): RouteImplementation[] {
  return [
    implementRoute(routes.apps.list, async ({ grant }) => ({ apps: await apps.list(grant) })),
    implementRoute(routes.apps.mine, async ({ grant, actor }) => ({
      apps: await myApps.list(workspaceIdOf(grant), actor),
    })),
    implementRoute(routes.apps.create, async ({ grant, body }) => ({ app: await apps.create(grant, body) })),
    implementRoute(routes.apps.read, async ({ grant }) => ({ app: await apps.read(grant) })),
    implementRoute(routes.apps.update, async ({ grant, body }) => ({ app: await apps.setSlug(grant, body.slug) })),
    implementRoute(routes.apps.delete, ({ grant, query }) => apps.delete(grant, query.confirm)),
    implementRoute(routes.apps.export, async ({ grant }) => ({ files: { ...(await apps.export(grant)) } })),
  ];
}
