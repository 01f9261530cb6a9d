import type { Knex } from 'knex';
import { toRun, type RunRow } from '../runs.store.ts';

/** Which dead letters are meant. */
export interface DeadLetterFilter {
  readonly appId: string;
  readonly flowId?: string;
  /** These alone. */
  readonly runs?: readonly string[];
  /** Only those that ended by then, in milliseconds since 1970. */
  readonly until?: number;
}

/**
 * Runs that failed for good and that nobody has done anything about: of live apps, for trials are nobody's loss. A run
 * that another one waits for says its failure to that one.
 */
function deadLetters(knex: Knex, { appId, flowId, runs, until }: DeadLetterFilter): Knex.QueryBuilder {
  const query = knex('flow_run')
    .where({ app_id: appId, state: 'failed', environment: 'production', is_dry_run: false })
    .whereNull('settled')
    .whereNull('parent_id');
  if (flowId !== undefined) query.where({ flow_id: flowId });
  if (runs !== undefined) query.whereIn('id', [...runs]);
  if (until !== undefined) query.where('finished_at', '<=', until);
  return query;
}

/** Dead letters, the newest first. */
export async function listDeadLetters(
  knex: Knex,
  wanted: DeadLetterFilter & {
    readonly from?: { readonly finishedAt: number; readonly id: string };
    readonly limit: number;
  },
): Promise<readonly RunRow[]> {
  const query = deadLetters(knex, wanted);
  const { from } = wanted;
  if (from !== undefined) {
    query.where((earlier) =>
      earlier
        .where('finished_at', '<', from.finishedAt)
        .orWhere((same) => same.where('finished_at', from.finishedAt).where('id', '<', from.id)),
    );
  }
  const rows = (await query.orderBy('finished_at', 'desc').orderBy('id', 'desc').limit(wanted.limit)) as unknown[];
  return rows.map((row) => toRun(row) as RunRow);
}

/** How many dead letters each flow of an app has. */
export async function countDeadLetters(
  knex: Knex,
  appId: string,
): Promise<readonly { readonly flow: string; readonly count: number }[]> {
  const rows = (await deadLetters(knex, { appId }).groupBy('flow_id').select('flow_id').count({ count: '*' })) as {
    flow_id: string;
    count: number | string;
  }[];
  return rows.map(({ flow_id: flow, count }) => ({ flow, count: Number(count) }));
}

/** Notes what was done about dead letters. Answers how many there were to do something about. */
export async function settleDeadLetters(
  knex: Knex,
  ids: readonly string[],
  how: { readonly settled: 'retried' | 'discarded'; readonly by: string; readonly at: number },
): Promise<number> {
  if (ids.length === 0) return 0;
  return knex('flow_run')
    .whereIn('id', [...ids])
    .where({ state: 'failed' })
    .whereNull('settled')
    .update({ settled: how.settled, settled_by: how.by.slice(0, 320), settled_at: how.at });
}

/** Ids of a batch of dead letters. */
export async function pickDeadLetters(knex: Knex, filter: DeadLetterFilter, limit: number): Promise<readonly string[]> {
  return (await deadLetters(knex, filter).orderBy('finished_at').limit(limit).pluck('id')) as string[];
}
