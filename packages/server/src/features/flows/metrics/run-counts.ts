import { createId, type Clock } from '@fettle/base';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import { Histogram } from './histogram.ts';
import { saveMetrics, type MetricRow, type Span } from './metrics.store.ts';

/** A run that has ended. Times are milliseconds since 1970. */
export interface EndedRun {
  readonly appId: string;
  readonly flowId: string;
  readonly environment: 'development' | 'production';
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly createdAt: number;
  /** Null: it never began. */
  readonly startedAt: number | null;
  readonly finishedAt: number;
}

/** What was counted of one flow. */
export interface FlowCount {
  readonly appId: string;
  readonly flowId: string;
  readonly environment: EndedRun['environment'];
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly durations: Histogram;
  readonly delays: Histogram;
}

/** Counts the runs that end in this process, in memory; what it counted is stored every few seconds. */
export interface RunCounts {
  note(run: EndedRun): void;
  /** Everything since the process began. */
  sinceStart(): readonly FlowCount[];
  /** Stores what is not stored yet. */
  flush(): Promise<void>;
  /** Stores now and then. Answers how to stop: that stores the rest. */
  start(): () => Promise<void>;
}

const everyMs = 5_000;

/** Milliseconds of each span. */
export const spanMs: Readonly<Record<Span, number>> = { minute: 60_000, hour: 3_600_000 };

interface Bucket extends FlowCount {
  succeeded: number;
  failed: number;
  cancelled: number;
  readonly span: Span | 'all';
  readonly at: number;
  isDirty: boolean;
}

/**
 * Makes the counter. Ending a run costs a few additions in memory and no statement; a process that is killed loses what
 * it counted in its last seconds, never a run.
 */
export function createRunCounts({
  database,
  clock,
  log,
}: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): RunCounts {
  const writer = createId('met', 12);
  const buckets = new Map<string, Bucket>();
  const bucketOf = (run: EndedRun, span: Bucket['span']): Bucket => {
    const at = span === 'all' ? 0 : run.finishedAt - (run.finishedAt % spanMs[span]);
    const key = `${run.appId} ${run.flowId} ${run.environment} ${span} ${at}`;
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      const { appId, flowId, environment } = run;
      const counts = { succeeded: 0, failed: 0, cancelled: 0, durations: new Histogram(), delays: new Histogram() };
      bucket = { appId, flowId, environment, span, at, isDirty: false, ...counts };
      buckets.set(key, bucket);
    }
    return bucket;
  };
  const flush = async (): Promise<void> => {
    const rows: MetricRow[] = [];
    const now = clock.now();
    for (const [key, bucket] of buckets) {
      if (bucket.span === 'all') continue;
      if (bucket.isDirty) rows.push(rowOf(bucket, bucket.span, writer));
      bucket.isDirty = false;
      // Nothing that ends from now on belongs to it.
      if (bucket.at + 2 * spanMs[bucket.span] < now) buckets.delete(key);
    }
    await saveMetrics(database.knex, rows);
  };
  return {
    note(run) {
      for (const span of ['minute', 'hour', 'all'] as const) {
        const bucket = bucketOf(run, span);
        bucket[run.state] += 1;
        if (run.startedAt !== null) {
          bucket.durations.add(Math.max(0, run.finishedAt - run.startedAt));
          bucket.delays.add(Math.max(0, run.startedAt - run.createdAt));
        }
        bucket.isDirty = true;
      }
    },
    sinceStart: () => [...buckets.values()].filter(({ span }) => span === 'all'),
    flush,
    start() {
      let running = Promise.resolve();
      const save = (): Promise<void> =>
        flush().catch((error: unknown) => log.warn({ err: error }, 'Numbers of flows were not stored'));
      const timer = setInterval(() => {
        running = running.then(save);
      }, everyMs).unref();
      return () => {
        clearInterval(timer);
        return running.then(save);
      };
    },
  };
}

function rowOf(bucket: Bucket, span: Span, writer: string): MetricRow {
  const { appId, flowId, environment, at, succeeded, failed, cancelled, durations, delays } = bucket;
  return {
    app_id: appId,
    flow_id: flowId,
    environment,
    span,
    at,
    writer,
    succeeded,
    failed,
    cancelled,
    durations: durations.toText(),
    delays: delays.toText(),
  };
}
