import { routes } from '@fettle/contract';
import { appIdOf } from '../../grants.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { AppMembers } from './app-members.service.ts';
import { explainAccess } from './explain-access.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** Who has which role in an app, and what a role may do. */
export function appMemberRoutes(options: {
  readonly members: AppMembers;
  readonly drafts: Drafts;
  readonly catalogOf: CatalogOf;
}): RouteImplementation[] {
  const { members, drafts, catalogOf } = options;
  return [
    implementRoute(routes.apps.members, ({ grant }) => members.list(grant)),
    implementRoute(routes.apps.setMember, ({ grant, params, body }) => members.set(grant, params.userId, body.roles)),
    implementRoute(routes.apps.explainAccess, async ({ grant, query }) => {
      const appId = appIdOf(grant);
      const { row, draft } = await drafts.read(appId);
      const catalog = catalogOf(row.workspace_id);
      return { ...explainAccess(draft.app, query.role ?? 'basic', { appId, catalog }) };
    }),
  ];
}
