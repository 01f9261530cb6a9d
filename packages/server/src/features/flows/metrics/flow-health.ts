import type { Grant } from '@fettle/access';
import type { Clock } from '@fettle/base';
import type { FlowHealth } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import type { Database } from '../../../database/database.ts';
import { appIdOf } from '../../../grants.ts';
import type { RunningApps } from '../../running/running-apps.ts';
import { countDeadLetters } from '../dead-letters/dead-letters.store.ts';
import { Histogram } from './histogram.ts';
import { countQueue, listMetrics, type MetricRow, type QueueRow, type Span } from './metrics.store.ts';
import { spanMs } from './run-counts.ts';

type Period = FlowHealth['period'];
type FlowNumbers = FlowHealth['flows'][number];

/** What each period is made of. */
const periods: Readonly<Record<Period, { readonly span: Span; readonly stepMs: number; readonly steps: number }>> = {
  hour: { span: 'minute', stepMs: 60_000, steps: 60 },
  day: { span: 'hour', stepMs: 3_600_000, steps: 24 },
  week: { span: 'hour', stepMs: 6 * 3_600_000, steps: 28 },
};

/** What reading them needs. */
export interface FlowHealthOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly running: Pick<RunningApps, 'liveApp'>;
}

/** How the flows of a live app fare: what ended in a period, and what has not ended. */
export async function readFlowHealth(
  { database, clock, running }: FlowHealthOptions,
  grant: Grant,
  period: Period,
): Promise<FlowHealth> {
  const appId = appIdOf(grant);
  const { span, stepMs, steps } = periods[period];
  const until = clock.now();
  // Steps end with now: whole ones, so that the first is not half a one.
  const first = until - (until % spanMs[span]) + spanMs[span] - steps * stepMs;
  const rows = await listMetrics(database.knex, { appId, span, since: first });
  const queue = (await countQueue(database.knex, appId)).filter(({ environment }) => environment === 'production');
  const letters = new Map((await countDeadLetters(database.knex, appId)).map(({ flow, count }) => [flow, count]));
  const live = await running.liveApp(appId);
  const ids = new Set([...Object.keys(live?.app.flows ?? {}), ...[...rows, ...queue].map(({ flow_id }) => flow_id)]);
  for (const id of letters.keys()) ids.add(id);
  const flows = [...ids].map((flow) =>
    numbersOf({
      flow,
      known: live?.app.flows[flow],
      rows: rows.filter(({ flow_id }) => flow_id === flow),
      queue: queue.filter(({ flow_id }) => flow_id === flow),
      deadLetters: letters.get(flow) ?? 0,
      place: { first, stepMs, steps },
    }),
  );
  return { period, since: first, until, stepMs, isPublished: live !== undefined, flows };
}

function numbersOf(of: {
  readonly flow: string;
  readonly known: Flow | undefined;
  readonly rows: readonly MetricRow[];
  readonly queue: readonly QueueRow[];
  readonly deadLetters: number;
  readonly place: { readonly first: number; readonly stepMs: number; readonly steps: number };
}): FlowNumbers {
  const { first, stepMs, steps } = of.place;
  const series = Array.from({ length: steps }, () => ({ succeeded: 0, failed: 0, cancelled: 0 }));
  const durations = new Histogram();
  const delays = new Histogram();
  const sum = { succeeded: 0, failed: 0, cancelled: 0 };
  for (const row of of.rows) {
    const step = series[Math.floor((row.at - first) / stepMs)];
    for (const state of ['succeeded', 'failed', 'cancelled'] as const) {
      sum[state] += row[state];
      if (step !== undefined) step[state] += row[state];
    }
    durations.merge(Histogram.fromText(row.durations));
    delays.merge(Histogram.fromText(row.delays));
  }
  const inState = (state: QueueRow['state']): number => of.queue.find((row) => row.state === state)?.count ?? 0;
  const oldest = of.queue.find(({ state }) => state === 'queued')?.oldest;
  return {
    flow: of.flow,
    ...(of.known === undefined ? {} : { name: of.known.name }),
    isOff: of.known?.disabled === true,
    ...sum,
    ...percentiles('duration', durations),
    ...percentiles('delay', delays),
    queued: inState('queued'),
    held: inState('held'),
    running: inState('running'),
    waiting: inState('waiting'),
    ...(oldest === undefined ? {} : { oldestQueuedAt: oldest }),
    deadLetters: of.deadLetters,
    series,
  };
}

function percentiles<Name extends 'duration' | 'delay'>(name: Name, histogram: Histogram) {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => histogram.quantile(share));
  return p50 === undefined || p95 === undefined || p99 === undefined
    ? {}
    : ({ [name]: { p50, p95, p99 } } as Readonly<Record<Name, { p50: number; p95: number; p99: number }>>);
}
