import type { Knex } from 'knex';
import { isAwake, isLeft, leftUntil, type RunRow } from './runs.store.ts';

/** A run that can be taken. */
export type DueRun = Pick<RunRow, 'id' | 'concurrency_key'>;

/**
 * Runs that can be taken, the most urgent and then the oldest first; without those of concurrency keys that are known to
 * have no room: then only the first of each other key. Of those that slept, the ones that are due longest are looked at.
 */
export async function listDueRuns(
  knex: Knex,
  now: number,
  limit: number,
  fullKeys: readonly string[] = [],
): Promise<readonly DueRun[]> {
  const columns = ['id', 'concurrency_key', 'priority', 'created_at'] as const;
  // Each part reads as far as its index goes, in order: a long queue is not sorted for every look.
  const part = (name: string, narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Knex.QueryBuilder => {
    const query = narrow(knex('flow_run').whereNull('finished_at'));
    if (fullKeys.length > 0) {
      query.where((free) => free.whereNull('concurrency_key').orWhereNotIn('concurrency_key', [...fullKeys]));
    }
    return knex.from(query.limit(limit).select(columns).as(name)).select(columns);
  };
  const parts = [
    ...(fullKeys.length > 0
      ? pastFullKeys(knex, fullKeys, limit)
      : [part('queued', (query) => query.where({ state: 'queued' }).orderByRaw('priority desc, created_at'))]),
    part('awake', (query) => query.where((due) => isAwake(due, now)).orderBy('wake_at')),
    part('left', (query) => query.where((due) => isLeft(due, now))),
  ];
  const [first, ...others] = parts as [Knex.QueryBuilder, ...Knex.QueryBuilder[]];
  return (await knex
    .from(first.unionAll(others).as('due'))
    .orderBy('priority', 'desc')
    .orderBy('created_at')
    .limit(limit)
    .select('id', 'concurrency_key')) as DueRun[];
}

/**
 * What is queued behind keys without room, however many runs these have: those without a key, and the first of each other
 * key. Goes from one key to the next in their index; the state is written out, since SQLite takes an index of some rows
 * only where the statement says which.
 */
function pastFullKeys(knex: Knex, fullKeys: readonly string[], limit: number): readonly Knex.QueryBuilder[] {
  const columns = ['id', 'concurrency_key', 'priority', 'created_at'] as const;
  const queued = `state = 'queued' and concurrency_key is not null`;
  const free = knex('flow_run')
    .whereRaw(`state = 'queued' and concurrency_key is null`)
    .orderByRaw('priority desc, created_at')
    .limit(limit)
    .select(columns);
  const first = `select id from flow_run where ${queued} and concurrency_key = keys.name
    order by priority desc, created_at limit 1`;
  const keyed = knex('flow_run')
    .whereRaw(
      `id in (select (${first}) from (
        with recursive keys (name) as (
          select min(concurrency_key) from flow_run where ${queued}
          union all
          select (select min(concurrency_key) from flow_run where ${queued} and concurrency_key > keys.name)
          from keys where keys.name is not null
        )
        select name from keys where name is not null and name not in (${fullKeys.map(() => '?').join(', ')})
      ) as keys)`,
      [...fullKeys],
    )
    .orderByRaw('priority desc, created_at')
    .limit(limit)
    .select(columns);
  return [knex.from(free.as('free')).select(columns), knex.from(keyed.as('keyed')).select(columns)];
}

/** When the next run that waits, or whose lease runs out, can be taken; undefined when none ever will by itself. */
export async function nextDueAt(knex: Knex): Promise<number | undefined> {
  const asleep = (await knex('flow_run')
    .whereNotNull('wake_at')
    .whereIn('state', ['waiting', 'held'])
    .orderBy('wake_at')
    .first({ at: 'wake_at' })) as { at: unknown } | undefined;
  const [left] = (await knex('flow_run')
    .where({ state: 'running' })
    .whereNull('finished_at')
    .select({ at: knex.raw(`min(${leftUntil})`) })) as { at: unknown }[];
  const times = [asleep?.at, left?.at].filter((at) => at !== null && at !== undefined).map(Number);
  return times.length === 0 ? undefined : Math.min(...times);
}
