import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import type { Queries, QueryTrial } from './queries.service.ts';

/** Routes that run queries. */
export function queryRoutes(queries: Queries): readonly RouteImplementation[] {
  return [
    implementRoute(routes.dataSources.tryQuery, ({ grant, actor, params, body, signal }) =>
      queries.try({ grant, actor, dataSource: params.dataSource, trial: body as QueryTrial, signal }),
    ),
    ...[routes.apps.draftQuery, routes.apps.runQuery].map((route) =>
      implementRoute(route as typeof routes.apps.runQuery, (context) =>
        queries.run({
          grant: context.grant,
          actor: context.actor,
          running: runningAppOf(context),
          query: context.params.query,
          parameters: context.body.parameters,
          signal: context.signal,
        }),
      ),
    ),
  ];
}
