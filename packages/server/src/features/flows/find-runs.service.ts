import type { Grant } from '@fettle/access';
import { inputError, type Clock } from '@fettle/base';
import type { Environment, FlowRunHead, RunOrigin } from '@fettle/contract';
import type { RunState } from '@fettle/flow';
import type { Database } from '../../database/database.ts';
import { appIdOf } from '../../grants.ts';
import {
  isIndexed,
  listRuns,
  runsWithText,
  searchWindow,
  type ListedRun,
  type RunPlace,
  type RunRange,
  type RunTraits,
} from './find-runs.store.ts';

/** What a list of runs is narrowed to. */
export interface RunFilter {
  readonly flow?: string;
  readonly state?: RunState;
  readonly environment?: Environment;
  readonly before?: number;
  readonly after?: number;
  readonly origin?: RunOrigin;
  readonly actor?: string;
  readonly minMs?: number;
  readonly maxMs?: number;
  readonly text?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** A page of runs. */
export interface RunPage {
  readonly runs: FlowRunHead[];
  /** Where to go on; absent: that was all. */
  readonly next?: string;
  /** How far a search went that looks at each run, when it stopped before the page was full. */
  readonly searched?: { readonly runs: number; readonly to: number };
}

/**
 * A search looks at runs window by window, and stops after so many or so long with what it has: whoever wants more goes on
 * from there. With a text, each window reads journals: it is small, so that nothing else waits for it.
 */
const bounds = { window: 1_000, textWindow: 25, runs: 20_000, ms: 1_200 } as const;

/** Lists runs of an app, newest first. */
export async function findRuns(
  { database, clock }: { readonly database: Pick<Database, 'knex'>; readonly clock: Clock },
  grant: Grant,
  { flow, cursor, limit = 50, before, after, text, state, ...looks }: RunFilter,
): Promise<RunPage> {
  const { knex } = database;
  const wanted: RunRange = {
    appId: appIdOf(grant),
    ...(flow === undefined ? {} : { flowId: flow }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(state === undefined || !isIndexed(state) ? {} : { state }),
  };
  let from = cursor === undefined ? undefined : readCursor(cursor);
  const at = (): RunRange => ({ ...wanted, ...(from === undefined ? {} : { from }) });
  const traits: RunTraits = { ...looks, ...(state === undefined || isIndexed(state) ? {} : { state }) };
  if (text === undefined && Object.keys(traits).length === 0)
    return pageOf(await listRuns(knex, at(), limit + 1), limit);
  const until = performance.now() + bounds.ms;
  const found: ListedRun[] = [];
  let looked = 0;
  for (;;) {
    const window = text === undefined ? bounds.window : bounds.textWindow;
    const part = await searchWindow(knex, at(), { traits, window, now: clock.now() });
    const ids = part.runs.map(({ id }) => id);
    const withText = text === undefined ? undefined : await runsWithText(knex, ids, text);
    found.push(...part.runs.filter(({ id }) => withText?.has(id) ?? true));
    looked += part.looked;
    from = part.end;
    if (found.length > limit) return pageOf(found, limit);
    if (from === undefined) return { runs: found.map(headOf) };
    if (looked >= bounds.runs || performance.now() > until)
      return {
        runs: found.map(headOf),
        next: cursorOf({ created_at: from.createdAt, id: from.id }),
        searched: { runs: looked, to: from.createdAt },
      };
  }
}

function pageOf(rows: readonly ListedRun[], limit: number): RunPage {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    runs: rows.slice(0, limit).map(headOf),
    ...(last === undefined ? {} : { next: cursorOf(last) }),
  };
}

/** A run as lists show it. */
export function headOf(row: ListedRun): FlowRunHead {
  const user = row.user === null ? null : (JSON.parse(row.user) as { readonly email: string });
  return {
    id: row.id,
    flowId: row.flow_id,
    version: row.version,
    environment: row.environment,
    state: row.state,
    isDryRun: row.is_dry_run,
    startedBy: user?.email ?? null,
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.rerun_of === null ? {} : { rerunOf: row.rerun_of }),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    ...(row.state === 'held' && row.wake_at !== null ? { heldUntil: row.wake_at } : {}),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as NonNullable<FlowRunHead['error']> }),
  };
}

/** Where a list of runs goes on behind this one. */
export function cursorOf(row: Pick<ListedRun, 'created_at' | 'id'>): string {
  return `${row.created_at}_${row.id}`;
}

/** A place in a list of runs, as {@link cursorOf} wrote it. */
export function readCursor(text: string): RunPlace {
  const [, createdAt, id] = /^(\d{1,16})_(.+)$/.exec(text) ?? [];
  if (createdAt === undefined || id === undefined)
    throw inputError({ code: 'flow-runs.cursor', message: 'This is no place in the list of runs.' });
  return { createdAt: Number(createdAt), id };
}
