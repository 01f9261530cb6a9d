import { routes } from '@fettle/contract';
import type { FieldSpecification } from '@fettle/sdk';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { schemaReply } from '../data-sources/data-sources.routes.ts';
import type { Structure } from './structure.service.ts';

/** Routes that change the structure of internal tables. */
export function structureRoutes(structure: Structure): readonly RouteImplementation[] {
  const { dataSources } = routes;
  return [
    implementRoute(dataSources.createTable, async ({ grant, params, body }) =>
      schemaReply(
        await structure.createTable(grant, params.dataSource, {
          name: body.name,
          fields: body.fields as readonly FieldSpecification[],
        }),
      ),
    ),
    implementRoute(dataSources.renameTable, async ({ grant, params, body }) =>
      schemaReply(await structure.renameTable(grant, params.dataSource, params.table, body.name)),
    ),
    implementRoute(dataSources.dropTable, async ({ grant, params, query }) =>
      schemaReply(await structure.dropTable(grant, params.dataSource, params.table, query.confirm)),
    ),
    implementRoute(dataSources.addColumn, async ({ grant, params, body }) =>
      schemaReply(await structure.addColumn(grant, params.dataSource, params.table, body.field as FieldSpecification)),
    ),
    implementRoute(dataSources.changeColumn, async ({ grant, params, body }) =>
      schemaReply(
        await structure.changeColumn(grant, params.dataSource, params, {
          ...(body.name === undefined ? {} : { name: body.name }),
          ...(body.field === undefined ? {} : { field: body.field as FieldSpecification }),
        }),
      ),
    ),
    implementRoute(dataSources.dropColumn, async ({ grant, params }) =>
      schemaReply(await structure.dropColumn(grant, params.dataSource, params.table, params.column)),
    ),
    implementRoute(dataSources.importTable, async (context) =>
      structure.importTable(context.grant, context.params.dataSource, {
        name: context.query.name,
        source: context.request,
        actor: context.actor,
        signal: context.signal,
      }),
    ),
  ];
}
