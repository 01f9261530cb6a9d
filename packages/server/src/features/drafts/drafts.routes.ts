import { routes } from '@fettle/contract';
import { appToJson } from '@fettle/definition';
import { appIdOf } from '../../grants.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Apps } from '../apps/apps.service.ts';
import type { Drafts } from './drafts.service.ts';

/** Reading and editing drafts. */
export function draftRoutes({ drafts, apps }: { readonly drafts: Drafts; readonly apps: Apps }): RouteImplementation[] {
  return [
    implementRoute(routes.apps.draft, async ({ grant }) => {
      const { row, draft } = await drafts.read(appIdOf(grant));
      return { app: await apps.describe(row), revision: draft.revision, definition: { ...appToJson(draft.app) } };
    }),
    implementRoute(routes.apps.edit, ({ grant, body }) => drafts.edit(grant, body)),
    implementRoute(routes.apps.replaceDraft, ({ grant, body }) => drafts.replace(grant, body)),
    implementRoute(routes.apps.history, ({ grant, query }) => drafts.history(grant, query.since)),
  ];
}
