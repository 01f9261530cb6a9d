import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Releases } from './releases.service.ts';

/** Releases, and what stands between a draft and the next one. */
export function releaseRoutes({ releases }: { readonly releases: Releases }): RouteImplementation[] {
  return [
    implementRoute(routes.apps.problems, async ({ grant }) => {
      const { revision, problems } = await releases.problems(grant);
      return {
        revision,
        problems: problems.map(({ severity, code, message, hint, ...place }) => ({
          severity,
          code,
          message,
          hint,
          place,
        })),
      };
    }),
    implementRoute(routes.apps.changes, ({ grant }) => releases.pendingChanges(grant)),
    implementRoute(routes.apps.releases, async ({ grant }) => ({ releases: await releases.list(grant) })),
    implementRoute(routes.apps.publish, async ({ grant, body }) => ({ release: await releases.publish(grant, body) })),
    implementRoute(routes.apps.compareReleases, async ({ grant, query }) => ({
      changes: await releases.compare(grant, query.from, query.to),
    })),
    implementRoute(routes.apps.deployRelease, async ({ grant, params }) => ({
      release: await releases.deploy(grant, params.releaseId),
    })),
    implementRoute(routes.apps.unpublish, ({ grant }) => releases.unpublish(grant)),
  ];
}
