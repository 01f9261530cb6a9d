import { AppError, notFound, type Clock } from '@fettle/base';
import { routes } from '@fettle/contract';
import { schemas } from '@fettle/definition';
import { createExpiringCache } from '../../caching/expiring-cache.ts';
import { isReachable, type Database } from '../../database/database.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { createOpenApi } from './openapi.ts';

/** Health, the API's own description and the published schemas. */
export function systemRoutes({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): RouteImplementation[] {
  const openApi = JSON.parse(JSON.stringify(createOpenApi())) as Record<string, unknown>;
  // Asked by anybody, so it costs one small query per second however often it is asked.
  const readiness = createExpiringCache<boolean>({ clock, maxAgeMs: 1_000, maxEntries: 1 });
  return [
    implementRoute(routes.system.live, () => ({ status: 'alive' as const })),
    implementRoute(routes.system.ready, async () => {
      if (await readiness.get('store', () => isReachable(database, 2_000))) return { status: 'ready' as const };
      throw new AppError('unavailable', {
        code: 'health.not-ready',
        message: 'The metadata store does not answer.',
        hint: 'Look at the log of the server.',
      });
    }),
    implementRoute(routes.system.openApi, () => openApi),
    implementRoute(routes.system.schemas, () => ({ schemas: Object.keys(schemas).map((name) => `${name}.json`) })),
    implementRoute(routes.system.schema, ({ params }) => {
      const name = params.name.replace(/\.json$/, '');
      if (!Object.hasOwn(schemas, name))
        throw notFound({
          code: 'schema.unknown',
          message: 'There is no such schema.',
          hint: 'GET /api/schemas lists them.',
        });
      return { ...(schemas as unknown as Record<string, Record<string, unknown>>)[name] };
    }),
  ];
}
