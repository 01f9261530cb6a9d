import { timingSafeEqual, createHash } from 'node:crypto';
import { AppError, notFound } from '@fettle/base';
import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../../http/implement-route.ts';
import { readFlowHealth, type FlowHealthOptions } from './flow-health.ts';
import { openMetricsText } from './open-metrics.ts';
import type { RunCounts } from './run-counts.ts';

/** Routes about how flows fare: for builders, and for whoever watches the installation. */
export function metricsRoutes(
  options: FlowHealthOptions & { readonly counts: RunCounts; readonly metricsToken: string | undefined },
): readonly RouteImplementation[] {
  const { flowHealth } = routes;
  return [
    implementRoute(flowHealth.read, ({ grant, query }) => readFlowHealth(options, grant, query.period ?? 'day')),
    implementRoute(flowHealth.openMetrics, async ({ request, response }) => {
      assertWatcher(options.metricsToken, request.headers.authorization);
      const text = await openMetricsText(options.database, options.counts);
      response.setHeader('Content-Type', 'application/openmetrics-text; version=1.0.0; charset=utf-8');
      response.setHeader('Content-Length', Buffer.byteLength(text));
      response.end(text);
    }),
  ];
}

function assertWatcher(token: string | undefined, sent: string | undefined): void {
  if (token === undefined)
    throw notFound({
      code: 'metrics.off',
      message: 'This installation shows no metrics.',
      hint: 'Its operator can set FETTLE_METRICS_TOKEN.',
    });
  // Hashes have one length: how long the token is stays unknown.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(`Bearer ${token}`), digest(sent ?? ''))) return;
  throw new AppError('not-authenticated', {
    code: 'metrics.refused',
    message: 'The metrics need their token.',
    hint: 'Send FETTLE_METRICS_TOKEN as a bearer token.',
  });
}
