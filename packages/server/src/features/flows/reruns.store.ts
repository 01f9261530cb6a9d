import type { Knex } from 'knex';
import type { JournalEntry, RunState } from '@fettle/flow';
import { readEntries, writeEntries } from './journal.store.ts';
import { toRun, type RunRow } from './runs.store.ts';

/** More than this is not reused step by step: it would keep the store busy for too long at once. */
export const mostReused = { entries: 50_000, characters: 64_000_000 } as const;

/** A run that repeats another one. */
export interface RerunRow {
  readonly id: string;
  readonly state: RunState;
  readonly created_at: number;
  readonly rerun_from: string | null;
  readonly rerun_by: string | null;
}

const mostListed = 50;

/** Runs that repeat one, the newest first. */
export async function listReruns(knex: Knex, runId: string): Promise<readonly RerunRow[]> {
  const rows = (await knex('flow_run')
    .where({ rerun_of: runId })
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostListed)
    .select('id', 'state', 'created_at', 'rerun_from', 'rerun_by')) as RerunRow[];
  return rows.map((row) => ({ ...row, created_at: Number(row.created_at) }));
}

/**
 * The journal of a run for reuse, in its order, without what is inside of `from`; undefined when it is too long. Large
 * values stay apart, but for those of variables.
 */
export async function readForReuse(
  knex: Knex,
  runId: string,
  from: string,
): Promise<readonly JournalEntry[] | undefined> {
  const inside = `${from}#`;
  const wanted = () =>
    knex('flow_journal').where({ run_id: runId }).whereRaw('substr(path, 1, ?) <> ?', [inside.length, inside]);
  const [counted] = (await knex
    .from(
      wanted()
        .limit(mostReused.entries + 1)
        .as('some'),
    )
    .count({ count: '*' })) as { count: number | string }[];
  if (Number(counted?.count ?? 0) > mostReused.entries) return undefined;
  const [sized] = (await wanted().sum({ size: knex.raw('length(entry)') })) as { size: number | string | null }[];
  if (Number(sized?.size ?? 0) > mostReused.characters) return undefined;
  const texts = (await wanted().orderBy('position').orderBy('path').pluck('entry')) as string[];
  return readEntries(knex, runId, texts, ({ kind }) => kind === 'setVariables');
}

/** Steps of a run that failed or were cut off, in its order: the last ones. */
export async function listEndings(knex: Knex, runId: string): Promise<readonly JournalEntry[]> {
  const texts = (await knex('flow_journal')
    .where({ run_id: runId })
    .whereIn('state', ['failed', 'started', 'waiting'])
    .orderBy('position', 'desc')
    .limit(1000)
    .pluck('entry')) as string[];
  return texts.toReversed().map((text) => JSON.parse(text) as JournalEntry);
}

/** Gives a run the journal that it begins with, and the values of the old run that this refers to. */
export async function writeReused(
  knex: Knex,
  runs: { readonly from: string; readonly to: string },
  entries: readonly JournalEntry[],
): Promise<void> {
  const hashes = [...new Set(entries.flatMap(({ large }) => Object.values(large ?? {})))];
  for (let at = 0; at < hashes.length; at += 500) {
    await knex('flow_value').insert(
      knex('flow_value')
        .where({ run_id: runs.from })
        .whereIn('hash', hashes.slice(at, at + 500))
        .select(knex.raw('? as run_id', [runs.to]), 'hash', 'value'),
    );
  }
  await writeEntries(knex, runs.to, entries);
}

/** Which failed runs are meant. */
export interface FailedRuns {
  readonly appId: string;
  readonly flow?: string;
  readonly environment?: string;
  readonly after: number;
  readonly before?: number;
}

function failedRuns(knex: Knex, { appId, flow, environment, after, before }: FailedRuns): Knex.QueryBuilder {
  const query = knex('flow_run as failed')
    .where({ app_id: appId })
    // As it is, for the index that has this condition.
    .whereRaw(`state = 'failed'`)
    .where('created_at', '>=', after)
    // Whoever was started again is done with: should that fail too, it is the newer run that is to be tried.
    .whereNotExists(knex('flow_run as again').select(knex.raw('1')).where('again.rerun_of', knex.ref('failed.id')));
  if (flow !== undefined) query.where({ flow_id: flow });
  if (environment !== undefined) query.where({ environment });
  if (before !== undefined) query.where('created_at', '<', before);
  return query;
}

/** How many of them were not started again yet, up to `most`. */
export async function countFailed(knex: Knex, wanted: FailedRuns, most: number): Promise<number> {
  const [row] = (await knex
    .from(failedRuns(knex, wanted).select('id').limit(most).as('some'))
    .count({ count: '*' })) as {
    count: number | string;
  }[];
  return Number(row?.count ?? 0);
}

/** Those of them that were not started again yet, the newest first. */
export async function listFailed(
  knex: Knex,
  wanted: FailedRuns,
  page: { readonly limit: number; readonly from?: { readonly createdAt: number; readonly id: string } },
): Promise<readonly RunRow[]> {
  const { from, limit } = page;
  const query = failedRuns(knex, wanted);
  if (from !== undefined) query.whereRaw('(created_at, id) < (?, ?)', [from.createdAt, from.id]);
  const rows = (await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)) as unknown[];
  return rows.map((row) => toRun(row) as RunRow);
}
