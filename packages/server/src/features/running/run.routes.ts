import { routes, type RunnableApp } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf, type RunningApp } from '../apps/running-app.ts';
import type { DescribeTables } from '../tables/describe-tables.ts';
import type { OpenedApp } from './running-apps.ts';

/** Opening a release or a draft. */
export function runRoutes({ describeTables }: { readonly describeTables: DescribeTables }): RouteImplementation[] {
  const open = async (running: RunningApp): Promise<RunnableApp> => {
    const { view, appId, slug, workspaceId, environment, rights, roles, user } = running as OpenedApp;
    return {
      appId,
      slug,
      version: view.version,
      client: view.client(),
      tables: await describeTables(workspaceId, environment, rights),
      user: user === null ? null : { ...user, roles: [...roles] },
    };
  };
  return [
    implementRoute(routes.apps.open, (context) => open(runningAppOf(context))),
    implementRoute(routes.apps.draftApp, (context) => open(runningAppOf(context))),
  ];
}
