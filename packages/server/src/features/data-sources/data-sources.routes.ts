import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { ConnectorRegistry } from './connector-registry.ts';
import type { DataSources } from './data-sources.service.ts';
import type { KnownSchema } from './open-source.ts';

/** The reply of the routes that answer a structure. */
export function schemaReply(known: KnownSchema) {
  return { schema: known.schema, readAt: known.readAt };
}

/** Routes of data sources, their settings and structure. */
export function dataSourceRoutes(service: DataSources, connectors: ConnectorRegistry): readonly RouteImplementation[] {
  const { dataSources } = routes;
  return [
    implementRoute(dataSources.connectors, () => ({ connectors: connectors.manifests })),
    implementRoute(dataSources.list, async ({ grant }) => ({ dataSources: [...(await service.list(grant))] })),
    implementRoute(dataSources.create, async ({ grant, body }) => ({ dataSource: await service.create(grant, body) })),
    implementRoute(dataSources.read, async ({ grant, params }) => ({
      dataSource: await service.read(grant, params.dataSource),
    })),
    implementRoute(dataSources.update, async ({ grant, params, body }) => ({
      dataSource: await service.update(grant, params.dataSource, body),
    })),
    implementRoute(dataSources.delete, async ({ grant, params, query }) => {
      await service.delete(grant, params.dataSource, query.force === true);
      return undefined;
    }),
    implementRoute(dataSources.test, async ({ grant, body, signal }) => ({
      durationMs: await service.test(grant, body, signal),
    })),
    implementRoute(dataSources.schema, async ({ grant, params, query }) =>
      schemaReply(await service.schema(grant, params.dataSource, query.environment ?? 'development')),
    ),
    implementRoute(dataSources.refreshSchema, async ({ grant, params, query }) =>
      schemaReply(await service.refreshSchema(grant, params.dataSource, query.environment ?? 'development')),
    ),
    implementRoute(dataSources.usage, async ({ grant, params }) => ({
      apps: [...(await service.usage(grant, params.dataSource))],
    })),
  ];
}
