import type { Knex } from 'knex';
import type { RunOrigin } from '@fettle/contract';
import type { RunState } from '@fettle/flow';

/** A run as stored. Times are milliseconds since 1970; texts of values are JSON. */
export interface RunRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly app_id: string;
  readonly flow_id: string;
  readonly version: string;
  readonly environment: 'development' | 'production';
  readonly state: RunState;
  readonly trigger: string;
  readonly user: string | null;
  readonly is_dry_run: boolean;
  readonly depth: number;
  readonly parent_id: string | null;
  readonly parent_path: string | null;
  readonly dedupe_key: string | null;
  readonly priority: number;
  readonly concurrency_key: string | null;
  readonly concurrency_limit: number | null;
  readonly rate_key: string | null;
  readonly rate_limit: number | null;
  readonly rate_period_ms: number | null;
  readonly rate_at: number | null;
  readonly fence: number;
  /** How many workers in a row lost it before it got any further. */
  readonly losses: number;
  readonly claimed_by: string | null;
  readonly lease_until: number | null;
  readonly wake_at: number | null;
  readonly is_woken: boolean;
  readonly is_cancel_requested: boolean;
  readonly vars: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
  readonly origin: RunOrigin | null;
  readonly rerun_of: string | null;
  readonly rerun_from: string | null;
  readonly rerun_by: string | null;
  readonly settled: 'retried' | 'discarded' | null;
  readonly settled_by: string | null;
  readonly settled_at: number | null;
}

/** A run as it is first stored. */
export type NewRunRow = Omit<RunRow, 'losses' | 'rate_at' | 'settled' | 'settled_by' | 'settled_at'>;

/** Tells every process on the same PostgreSQL that runs can be taken, once the transaction is committed. */
export async function noticeRuns(knex: Knex): Promise<void> {
  await knex.raw('select pg_notify(?, ?)', [runsChannel, '']);
}

/** The channel of {@link noticeRuns}. */
export const runsChannel = 'fettle_runs';

export async function findRun(knex: Knex, id: string): Promise<RunRow | undefined> {
  return toRun(await knex('flow_run').where({ id }).first());
}

/**
 * When a run that its worker has left can be taken, as SQL: when its lease is over, and later the more workers in a row it
 * was lost by. A run that brings them down leaves the others time, which those need to get further than it lets them; and
 * one that is only played in a bad hour is not given up in it. In milliseconds.
 */
export const leftUntil = `lease_until + case ${[2000, 5000, 10_000, 20_000, 40_000]
  .map((ms, index) => `when losses = ${index + 3} then ${ms}`)
  .join(' ')} when losses > 7 then 60000 else 0 end`;

/** True for runs that a worker may take: queued, waiting or held until now, or left by a worker whose lease is over. */
function isDue(query: Knex.QueryBuilder, now: number): void {
  query
    .where({ state: 'queued' })
    .orWhere((asleep) => isAwake(asleep, now))
    .orWhere((left) => isLeft(left, now));
}

export function isLeft(query: Knex.QueryBuilder, now: number): void {
  query.where({ state: 'running' }).whereRaw(`${leftUntil} < ?`, [now]);
}

export function isAwake(query: Knex.QueryBuilder, now: number): void {
  query.whereIn('state', ['waiting', 'held']).where('wake_at', '<=', now);
}

/** Takes a due run: raises its fence and lends it out until `leaseUntil`. Undefined when another worker was faster. */
export async function takeRun(
  knex: Knex,
  id: string,
  claim: { readonly worker: string; readonly now: number; readonly leaseUntil: number },
): Promise<RunRow | undefined> {
  const [row] = (await knex('flow_run')
    .where({ id })
    .where((query) => isDue(query, claim.now))
    .update({
      state: 'running',
      fence: knex.raw('fence + 1'),
      // One that was given back has no lease: its worker did not lose it.
      losses: knex.raw(`case when state = 'running' and lease_until > 0 then losses + 1 else losses end`),
      claimed_by: claim.worker,
      lease_until: claim.leaseUntil,
      wake_at: null,
      is_woken: false,
      started_at: knex.raw('coalesce(started_at, ?)', [claim.now]),
    })
    .returning('*')) as unknown[];
  return toRun(row);
}

/** Gives a run back that its worker can play no further: others may take it at once. */
export async function releaseRun(knex: Knex, held: { readonly id: string; readonly fence: number }): Promise<void> {
  await knex('flow_run')
    .where({ ...held, state: 'running' })
    .update({ lease_until: 0, claimed_by: null });
}

/** The run that a dedupe key started. */
export async function findRunByKey(
  knex: Knex,
  key: { readonly flow_id: string; readonly environment: string; readonly dedupe_key: string },
): Promise<RunRow | undefined> {
  return toRun(await knex('flow_run').where(key).first());
}

/** Extends leases. Answers the ids still held by the worker, with whether somebody wants them cancelled. */
export async function extendLeases(
  knex: Knex,
  held: { readonly worker: string; readonly ids: readonly string[]; readonly leaseUntil: number },
): Promise<readonly { readonly id: string; readonly isCancelRequested: boolean }[]> {
  const rows = (await knex('flow_run')
    .whereIn('id', [...held.ids])
    .where({ claimed_by: held.worker, state: 'running' })
    .update({ lease_until: held.leaseUntil })
    .returning(['id', 'is_cancel_requested'])) as { id: string; is_cancel_requested: unknown }[];
  return rows.map(({ id, is_cancel_requested }) => ({ id, isCancelRequested: Boolean(is_cancel_requested) }));
}

/** Changes a running run under its fence. Undefined when another worker holds it or it has ended. */
export async function updateUnderFence(
  knex: Knex,
  held: { readonly id: string; readonly fence: number },
  changes: Readonly<Partial<Record<keyof RunRow, unknown>>>,
): Promise<HeldRun | undefined> {
  const [changed] = (await knex('flow_run')
    .where({ ...held, state: 'running' })
    .update(changes)
    .returning([...heldColumns])) as HeldRun[];
  if (changed === undefined) return undefined;
  const { is_dry_run: isDryRun, started_at: startedAt } = changed;
  return { ...changed, is_dry_run: Boolean(isDryRun), started_at: startedAt === null ? null : Number(startedAt) };
}

const heldColumns = [
  'id',
  'workspace_id',
  'app_id',
  'flow_id',
  'environment',
  'is_dry_run',
  'parent_id',
  'depth',
  'created_at',
  'started_at',
] as const;

/** What whoever changes a run needs of it: not what can be large. */
type HeldRun = Pick<RunRow, (typeof heldColumns)[number]>;

/** Wakes a run: one that waits is queued, one that is running does not go to sleep. Ended ones stay as they are. */
export async function wakeRun(knex: Knex, id: string): Promise<boolean> {
  const changed = await knex('flow_run')
    .where({ id })
    .whereIn('state', ['running', 'waiting'])
    .update({ is_woken: true, state: knex.raw(`case when state = 'waiting' then 'queued' else state end`) });
  return changed > 0;
}

/** Asks for cancellation. One that no worker holds ends at once. Answers the state it then has. */
export async function cancelRun(knex: Knex, id: string, now: number): Promise<RunState | undefined> {
  const idle = await knex('flow_run')
    .where({ id })
    .whereIn('state', ['queued', 'held', 'waiting'])
    .update({
      state: 'cancelled',
      is_cancel_requested: true,
      finished_at: now,
      wake_at: null,
      // One that never began leaves its place among the starts of its period.
      rate_at: knex.raw('case when started_at is null then null else rate_at end'),
      fence: knex.raw('fence + 1'),
    });
  if (idle > 0) return 'cancelled';
  await knex('flow_run').where({ id, state: 'running' }).update({ is_cancel_requested: true });
  return (await findRun(knex, id))?.state;
}

/** How many runs there are in each state that is not final, of a workspace. */
export async function countByState(
  knex: Knex,
  workspaceId: string,
): Promise<Readonly<Partial<Record<RunState, number>>>> {
  const rows = (await knex('flow_run')
    .where({ workspace_id: workspaceId })
    .whereNull('finished_at')
    .whereIn('state', ['queued', 'held', 'running', 'waiting'])
    .groupBy('state')
    .select('state')
    .count({ count: '*' })) as { state: RunState; count: number | string }[];
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

const numbers = [
  'rate_period_ms',
  'rate_at',
  'lease_until',
  'wake_at',
  'created_at',
  'started_at',
  'finished_at',
  'settled_at',
] as const;
const booleans = ['is_dry_run', 'is_woken', 'is_cancel_requested'] as const;

/** A run as it is read: PostgreSQL sends 64-bit numbers as text, SQLite booleans as numbers. */
export function toRun(row: unknown): RunRow | undefined {
  if (row === undefined || row === null) return undefined;
  const run = { ...(row as Record<string, unknown>) };
  for (const name of numbers) run[name] = run[name] === null ? null : Number(run[name]);
  for (const name of booleans) run[name] = Boolean(run[name]);
  return run as unknown as RunRow;
}
