import { routes } from '@fettle/contract';
import type { Clock } from '@fettle/base';
import type { Expand, Row, RowChange, RowKey } from '@fettle/sdk';
import { implementRoute, type RouteContext, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import { exportCsv } from './export-csv.ts';
import { importCsv } from './import-csv.ts';
import type { AggregateInput, ListInput, TableCall, Tables } from './tables.service.ts';

/** Routes that serve rows: to builders, of a draft, of a release. */
export function tableRoutes(tables: Tables, clock: Clock): readonly RouteImplementation[] {
  const { dataSources } = routes;
  return [
    ...rowRoutes(tables, dataSources.rows, builderCall),
    ...rowRoutes(tables, routes.apps.draftRows, runningCall),
    ...rowRoutes(tables, routes.apps.rows, runningCall),
    implementRoute(dataSources.importRows, async (context) => ({
      imported: await importCsv(
        tables,
        { ...builderCall(context), environment: context.query.environment ?? 'development' },
        { source: context.request, now: clock.now() },
      ),
    })),
  ];
}

type PlaceOfRequest = Pick<RouteContext, 'grant' | 'actor' | 'signal' | 'running' | 'route'> & {
  readonly params: unknown;
};

interface PlaceParams {
  readonly dataSource: string;
  readonly table: string;
}

function builderCall(context: PlaceOfRequest): TableCall {
  const { dataSource, table } = context.params as PlaceParams;
  return {
    grant: context.grant,
    actor: context.actor,
    environment: 'development',
    dataSource,
    table,
    signal: context.signal,
  };
}

function runningCall(context: PlaceOfRequest): TableCall {
  const { dataSource, table } = context.params as PlaceParams;
  const { environment } = runningAppOf(context);
  return { grant: context.grant, actor: context.actor, environment, dataSource, table, signal: context.signal };
}

type RowRoutes = typeof routes.apps.rows | typeof routes.apps.draftRows | typeof routes.dataSources.rows;

function rowRoutes(
  tables: Tables,
  group: RowRoutes,
  callOf: (context: PlaceOfRequest) => TableCall,
): readonly RouteImplementation[] {
  const served = group as typeof routes.apps.rows;
  return [
    implementRoute(served.list, (context) => tables.list(callOf(context), context.body as ListInput)),
    implementRoute(served.get, async (context) => ({ row: await tables.get(callOf(context), context.params.key) })),
    implementRoute(served.read, async (context) => ({
      row: await tables.read(
        callOf(context),
        context.body as { key: RowKey; columns?: readonly string[]; expand?: Expand },
      ),
    })),
    implementRoute(served.create, async (context) => ({
      rows: [...(await tables.create(callOf(context), context.body.rows as readonly Row[]))],
    })),
    implementRoute(served.update, async (context) => ({
      rows: [...(await tables.update(callOf(context), context.body.changes as readonly RowChange[]))],
    })),
    implementRoute(served.delete, async (context) => ({
      deleted: await tables.delete(callOf(context), context.body.keys as readonly RowKey[]),
    })),
    implementRoute(served.aggregate, (context) =>
      tables.aggregate(callOf(context), context.body as unknown as AggregateInput),
    ),
    implementRoute(served.export, async (context) => {
      await exportCsv(tables, callOf(context), context.query.request, context.response);
      return undefined;
    }),
  ];
}
