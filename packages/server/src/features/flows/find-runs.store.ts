import type { Knex } from 'knex';
import type { RunOrigin } from '@fettle/contract';
import type { RunState } from '@fettle/flow';
import type { RunRow } from './runs.store.ts';

/** What of a run a list needs: not what can be large. */
export type ListedRun = Pick<RunRow, (typeof listedColumns)[number]>;

const listedColumns = [
  'id',
  'flow_id',
  'version',
  'environment',
  'state',
  'user',
  'is_dry_run',
  'error',
  'created_at',
  'started_at',
  'wake_at',
  'finished_at',
  'origin',
  'rerun_of',
] as const satisfies readonly (keyof RunRow)[];

/** A place in the list: behind this run. */
export interface RunPlace {
  readonly createdAt: number;
  readonly id: string;
}

/** States that are looked up by an index of their own; runs in the others are most of them, or as rare as people cancel. */
export type IndexedState = Exclude<RunState, 'succeeded' | 'cancelled'>;

/** True for states that an index knows. */
export function isIndexed(state: RunState): state is IndexedState {
  return state !== 'succeeded' && state !== 'cancelled';
}

/** What the indexes of runs answer by themselves. */
export interface RunRange {
  readonly appId: string;
  readonly flowId?: string;
  readonly state?: IndexedState;
  readonly before?: number;
  readonly after?: number;
  readonly from?: RunPlace;
}

/** What each run has to be looked at for. */
export interface RunTraits {
  readonly state?: RunState;
  readonly environment?: string;
  readonly origin?: RunOrigin;
  /** A part of the e-mail address or name of whoever started it or wanted it again. */
  readonly actor?: string;
  /** Milliseconds from its start to its end, or until now. */
  readonly minMs?: number;
  readonly maxMs?: number;
}

function rangeOf(knex: Knex, wanted: RunRange): Knex.QueryBuilder {
  const query = runsIn(knex, wanted.state).where({ app_id: wanted.appId });
  if (wanted.flowId !== undefined) query.where({ flow_id: wanted.flowId });
  if (wanted.before !== undefined) query.where('created_at', '<', wanted.before);
  if (wanted.after !== undefined) query.where('created_at', '>=', wanted.after);
  if (wanted.from !== undefined) query.whereRaw('(created_at, id) < (?, ?)', [wanted.from.createdAt, wanted.from.id]);
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc');
}

/** More runs than this are not under way at once. */
const mostUnderWay = 200_000;

function runsIn(knex: Knex, state: IndexedState | undefined): Knex.QueryBuilder {
  if (state === undefined) return knex('flow_run');
  // SQLite takes an index with a condition only where the condition stands in the statement as it is.
  if (state === 'failed') return knex('flow_run').whereRaw(`state = 'failed'`);
  // Those under way are few among all: found by their state first, whatever the planner would rather begin with.
  const underWay = knex('flow_run')
    .where({ state })
    .whereNull('finished_at')
    .limit(mostUnderWay)
    .select([...listedColumns, 'app_id', 'rerun_by']);
  return knex.from(underWay.as('under_way'));
}

/** Runs of an app, newest first. */
export async function listRuns(knex: Knex, wanted: RunRange, limit: number): Promise<readonly ListedRun[]> {
  return (await rangeOf(knex, wanted).limit(limit).select(listedColumns)).map(listed);
}

/** The newest `window` runs of a range that have the traits, and where the window ends; no end: it holds them all. */
export async function searchWindow(
  knex: Knex,
  wanted: RunRange,
  { traits, window, now }: { readonly traits: RunTraits; readonly window: number; readonly now: number },
): Promise<{ readonly runs: readonly ListedRun[]; readonly looked: number; readonly end: RunPlace | undefined }> {
  const rows = await rangeOf(knex, wanted)
    .limit(window)
    .select([...listedColumns, 'rerun_by']);
  const all = (rows as (ListedRun & { readonly rerun_by: string | null })[]).map(listed);
  const last = all.at(-1);
  return {
    runs: all.filter((run) => hasTraits(run, traits, now)),
    looked: all.length,
    end: last === undefined || all.length < window ? undefined : { createdAt: last.created_at, id: last.id },
  };
}

function hasTraits(run: ListedRun & { readonly rerun_by?: string | null }, traits: RunTraits, now: number): boolean {
  const { state, environment, origin, actor, minMs, maxMs } = traits;
  if (state !== undefined && run.state !== state) return false;
  if (environment !== undefined && run.environment !== environment) return false;
  if (origin !== undefined && run.origin !== origin) return false;
  if (actor !== undefined && !`${run.user ?? ''} ${run.rerun_by ?? ''}`.toLowerCase().includes(actor.toLowerCase()))
    return false;
  if (minMs === undefined && maxMs === undefined) return true;
  if (run.started_at === null) return false;
  const took = (run.finished_at ?? now) - run.started_at;
  return took >= (minMs ?? 0) && took <= (maxMs ?? Number.POSITIVE_INFINITY);
}

/** Of so many characters of what a run was given, and of so many entries of its journal, the text is looked for. */
const searched = { characters: 100_000, entries: 300 } as const;

/** Which of some runs have a text in what they were given, in what went wrong, or in the first entries of their journal. */
export async function runsWithText(knex: Knex, ids: readonly string[], text: string): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  // Values are stored as JSON: there, a quote has a stroke before it.
  const wanted = `%${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const isLike = (column: string): Knex.Raw => knex.raw(`lower(${column}) like lower(?) escape '\\'`, [wanted]);
  const found = (await knex('flow_run as run')
    .whereIn('run.id', [...ids])
    .where((query) =>
      query
        .where(isLike(`substr(run.trigger, 1, ${searched.characters})`) as never)
        .orWhere(isLike(`coalesce(run.error, '')`) as never)
        .orWhereExists(
          knex
            .from(
              knex('flow_journal')
                .where('run_id', knex.ref('run.id'))
                .orderBy('position')
                .limit(searched.entries)
                .select('entry')
                .as('first_entries'),
            )
            .where(isLike('first_entries.entry') as never)
            .select(knex.raw('1')),
        ),
    )
    .pluck('run.id')) as string[];
  return new Set(found);
}

// PostgreSQL sends 64-bit numbers as text, SQLite booleans as numbers.
function listed<T extends ListedRun>(row: T): T {
  const number = (value: unknown): number | null => (value === null ? null : Number(value));
  return {
    ...row,
    is_dry_run: Boolean(row.is_dry_run),
    created_at: Number(row.created_at),
    started_at: number(row.started_at),
    finished_at: number(row.finished_at),
    wake_at: number(row.wake_at),
  };
}
