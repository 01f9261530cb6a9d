import type { Knex } from 'knex';
import type { RunState } from '@fettle/flow';

/** How long a bucket is. */
export type Span = 'minute' | 'hour';

/** What one process counted of a flow in one bucket, as stored. */
export interface MetricRow {
  readonly app_id: string;
  readonly flow_id: string;
  readonly environment: 'development' | 'production';
  readonly span: Span;
  readonly at: number;
  readonly writer: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly durations: string;
  readonly delays: string;
}

/** Writes what a process has counted so far: the same bucket again replaces what it wrote before. */
export async function saveMetrics(knex: Knex, rows: readonly MetricRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 100) {
    await knex('flow_metric')
      .insert(rows.slice(at, at + 100))
      .onConflict(['app_id', 'span', 'at', 'flow_id', 'environment', 'writer'])
      .merge(['succeeded', 'failed', 'cancelled', 'durations', 'delays']);
  }
}

/** Buckets of an app's live flows from a time on. */
export async function listMetrics(
  knex: Knex,
  { appId, span, since }: { readonly appId: string; readonly span: Span; readonly since: number },
): Promise<readonly MetricRow[]> {
  const rows = (await knex('flow_metric')
    .where({ app_id: appId, span, environment: 'production' })
    .where('at', '>=', since)) as MetricRow[];
  // PostgreSQL sends 64-bit numbers as text.
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** Removes some buckets from before a time. Answers how many; fewer than `limit`: none are left. */
export async function deleteMetrics(knex: Knex, span: Span, before: number, limit: number): Promise<number> {
  const ats = (await knex('flow_metric')
    .where({ span })
    .where('at', '<', before)
    .orderBy('at')
    .limit(limit)
    .pluck('at')) as (number | string)[];
  const last = ats.at(-1);
  if (last === undefined) return 0;
  return knex('flow_metric').where({ span }).where('at', '<=', last).delete();
}

/** Runs that have not ended, by flow and state. */
export interface QueueRow {
  readonly app_id: string;
  readonly flow_id: string;
  readonly environment: 'development' | 'production';
  readonly state: RunState;
  readonly count: number;
  /** When the oldest of them was started. */
  readonly oldest: number;
}

/** How many runs have not ended, of an app or of all. */
export async function countQueue(knex: Knex, appId?: string): Promise<readonly QueueRow[]> {
  const query = knex('flow_run').whereNull('finished_at').whereIn('state', ['queued', 'held', 'running', 'waiting']);
  if (appId !== undefined) query.where({ app_id: appId });
  const rows = (await query
    .groupBy('app_id', 'flow_id', 'environment', 'state')
    .select('app_id', 'flow_id', 'environment', 'state')
    .count({ count: '*' })
    .min({ oldest: 'created_at' })) as (Omit<QueueRow, 'count' | 'oldest'> & { count: unknown; oldest: unknown })[];
  return rows.map((row) => ({ ...row, count: Number(row.count), oldest: Number(row.oldest) }));
}

/** Address names of apps, for people who read numbers of many. */
export async function listAppSlugs(knex: Knex, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = (await knex('app')
    .whereIn('id', [...ids])
    .select('id', 'slug')) as { id: string; slug: string }[];
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}
