import type { Knex } from 'knex';
import type { RunRow } from './runs.store.ts';

/** What of a run says whether it may begin. */
export type RunLimits = Pick<
  RunRow,
  'fence' | 'concurrency_key' | 'concurrency_limit' | 'rate_key' | 'rate_limit' | 'rate_period_ms' | 'rate_at'
> & { readonly is_paused: boolean };

/** The limits of a run, and whether its flow is paused, at one moment. */
export async function findLimits(knex: Knex, id: string): Promise<RunLimits | undefined> {
  const row = (await knex('flow_run')
    .where({ id })
    .first(
      'fence',
      'concurrency_key',
      'concurrency_limit',
      'rate_key',
      'rate_limit',
      'rate_period_ms',
      'rate_at',
      knex.raw(`exists (select 1 from flow_control c where c.app_id = flow_run.app_id and c.flow_id = flow_run.flow_id
        and c.environment = flow_run.environment and c.paused_at is not null) as is_paused`),
    )) as (Omit<RunLimits, 'is_paused'> & { readonly is_paused: unknown }) | undefined;
  if (row === undefined) return undefined;
  const { rate_period_ms: period, rate_at: at } = row;
  return {
    ...row,
    is_paused: Boolean(row.is_paused),
    rate_period_ms: period === null ? null : Number(period),
    rate_at: at === null ? null : Number(at),
  };
}

/** Those who ask for the same key take turns until their transaction ends. SQLite's transactions take turns anyway. */
export async function lockKey(transaction: Knex.Transaction, key: string): Promise<void> {
  await transaction.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`fettle flow ${key}`]);
}

/** How many runs with a concurrency key are under way. Waiting ones count: they hold what the limit protects. */
export async function countUnderWay(knex: Knex, key: string, except: string): Promise<number> {
  const [row] = (await knex('flow_run')
    .where({ concurrency_key: key })
    .whereNot({ id: except })
    .where((query) =>
      query
        .where({ state: 'running' })
        .orWhere((waiting) => waiting.where({ state: 'waiting' }).where('fence', '>', 0)),
    )
    .count({ count: '*' })) as { count: number | string }[];
  return Number(row?.count ?? 0);
}

/** The `count`-th last place in time that was given out for a rate key; undefined when there were fewer. */
export async function findLastPlace(knex: Knex, key: string, count: number): Promise<number | undefined> {
  return placeIn(places(knex, key), count);
}

/** The `count`-th last start with a rate key until a time; undefined when there were fewer. */
export async function findLastStart(
  knex: Knex,
  { key, count, until }: { readonly key: string; readonly count: number; readonly until: number },
): Promise<number | undefined> {
  return placeIn(places(knex, key).whereNotNull('started_at').where('rate_at', '<=', until), count);
}

const places = (knex: Knex, key: string): Knex.QueryBuilder =>
  knex('flow_run').where({ rate_key: key }).whereNotNull('rate_at').orderBy('rate_at', 'desc');

async function placeIn(query: Knex.QueryBuilder, count: number): Promise<number | undefined> {
  const row = (await query.offset(count - 1).first('rate_at')) as { rate_at: number | string } | undefined;
  return row === undefined ? undefined : Number(row.rate_at);
}

/** Gives a run its place among the starts of its rate key. */
export async function savePlace(knex: Knex, id: string, at: number): Promise<void> {
  await knex('flow_run').where({ id, fence: 0 }).update({ rate_at: at });
}

/** Keeps a run that has not begun from being taken until `until`, or for as long as its flow is paused. */
export async function holdRun(knex: Knex, id: string, until: number | null): Promise<void> {
  await knex('flow_run')
    .where({ id, fence: 0 })
    .whereIn('state', ['queued', 'held'])
    .update({ state: 'held', wake_at: until, ...(until === null ? { rate_at: null } : {}) });
}
