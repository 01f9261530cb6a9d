import type { Clock, Json } from '@fettle/base';
import { FenceLostError, finalStates, type ClaimedRun, type RunCommit, type RunStore, type Vars } from '@fettle/flow';
import type { Database, StoreTransaction } from '../../database/database.ts';
import { createRunEnd, mostEntriesAtEnd, type EndedRow } from './end-run.store.ts';
import { plainRows, readScope, writeEntries } from './journal.store.ts';
import type { EndedRun, RunCounts } from './metrics/run-counts.ts';
import { tellOfEnd } from './triggers/ended-runs.ts';
import type { Happenings } from './triggers/happenings.ts';
import { takeRun, updateUnderFence, wakeRun, type NewRunRow, type RunRow } from './runs.store.ts';
import { mayBegin } from './may-begin.ts';

/** Keeps runs and journals in the metadata store, on SQLite and PostgreSQL alike. */
export interface DatabaseRunStore extends RunStore {
  /**
   * Takes a run for a worker; undefined when it is not due, another worker has it, its flow is paused, has enough under
   * way, or has begun often enough.
   */
  claim(id: string, worker: Claimant): Promise<TakenRun | undefined>;
}

/** A run as a worker takes it. */
export interface TakenRun extends ClaimedRun {
  /** How many workers in a row lost it before it got any further. */
  readonly losses: number;
}

/** Who takes a run. */
export interface Claimant {
  readonly name: string;
  readonly leaseMs: number;
  /** Told of concurrency keys without room: there is no use in looking at more of these. */
  readonly onFull?: (concurrencyKey: string) => void;
}

/** Makes the store. */
export function createRunStore({
  database,
  clock,
  happenings,
  counts,
}: {
  readonly database: Database;
  readonly clock: Clock;
  readonly happenings?: Happenings;
  readonly counts?: Pick<RunCounts, 'note'>;
}): DatabaseRunStore {
  const endRun = createRunEnd(database);
  return {
    async claim(id, { name, leaseMs, onFull }) {
      const row = await database.transaction(async (transaction) => {
        const taking = { kind: database.kind, transaction, now: () => clock.now(), onFull };
        const now = await mayBegin(taking, id);
        if (now === undefined) return undefined;
        return takeRun(transaction, id, { worker: name, now, leaseUntil: now + leaseMs });
      });
      return row === undefined ? undefined : { ...toClaimed(row), losses: row.losses };
    },
    loadScope: (runId, scope) => readScope(database.knex, runId, scope),
    async commit(runId, fence, commit) {
      if (database.kind === 'postgres' && (await endAtOnce(runId, fence, commit))) return;
      const ended = await database.transaction(async (transaction) => {
        // The run's row is written first: it holds the lock under which the journal is written.
        const now = clock.now();
        const { outcome } = commit;
        const changes = changesOf(transaction, commit, now);
        const run = await updateUnderFence(transaction, { id: runId, fence }, changes);
        if (run === undefined) throw new FenceLostError(runId);
        if (commit.entries.length > 0) await writeEntries(transaction, runId, commit.entries);
        if (outcome === undefined || outcome.state === 'waiting' || !finalStates.has(outcome.state)) return undefined;
        if (run.parent_id !== null) await wakeRun(transaction, run.parent_id);
        const { state, error } = outcome;
        if (happenings !== undefined)
          await tellOfEnd(happenings, transaction, { run, state, now, ...(error === undefined ? {} : { error }) });
        return { run, state, now };
      });
      if (ended !== undefined) noteEnd(ended.run, ended.state, ended.now);
    },
  };

  /** Most runs end with few entries to write: then one statement does everything. False: this one does not. */
  async function endAtOnce(runId: string, fence: number, { entries, outcome, vars }: RunCommit): Promise<boolean> {
    if (outcome === undefined || outcome.state === 'waiting' || entries.length > mostEntriesAtEnd) return false;
    if (happenings?.isAwaited('core/flow-ended') === true) return false;
    const rows = plainRows(runId, entries);
    if (rows === undefined) return false;
    const end = {
      state: outcome.state,
      output: outcome.output === undefined ? null : JSON.stringify(outcome.output),
      error: outcome.error === undefined ? null : JSON.stringify(outcome.error),
      finished_at: clock.now(),
      vars: vars === undefined ? undefined : JSON.stringify(vars),
    };
    const run = await endRun({ id: runId, fence, end, rows });
    if (run === undefined) throw new FenceLostError(runId);
    noteEnd(run, outcome.state, end.finished_at);
    return true;
  }

  function noteEnd(run: EndedRow, state: EndedRun['state'], finishedAt: number): void {
    if (counts === undefined || Boolean(run.is_dry_run)) return;
    const { app_id: appId, flow_id: flowId, environment, created_at: createdAt, started_at: startedAt } = run;
    const times = {
      createdAt: Number(createdAt),
      startedAt: startedAt === null ? null : Number(startedAt),
      finishedAt,
    };
    counts.note({ appId, flowId, environment, state, ...times });
  }
}

function changesOf(
  transaction: StoreTransaction,
  { entries, outcome, vars }: RunCommit,
  now: number,
): Readonly<Partial<Record<keyof RunRow, unknown>>> {
  // A step that begins may be the one that brings its worker down: only one that is over is a step forward.
  const isFurther = outcome !== undefined || entries.some(({ state }) => state !== 'started');
  const kept = { ...(isFurther ? { losses: 0 } : {}), ...(vars === undefined ? {} : { vars: JSON.stringify(vars) }) };
  // Every commit changes something, so that the fence is checked in the same statement that takes the lock.
  if (outcome === undefined) return { ...kept, state: 'running' };
  if (outcome.state === 'waiting') {
    return {
      ...kept,
      state: transaction.raw(`case when is_woken then 'queued' else 'waiting' end`),
      is_woken: false,
      wake_at: outcome.wakeAt ?? null,
      claimed_by: null,
      lease_until: null,
    };
  }
  return {
    ...kept,
    state: outcome.state,
    output: outcome.output === undefined ? null : JSON.stringify(outcome.output),
    error: outcome.error === undefined ? null : JSON.stringify(outcome.error),
    finished_at: now,
    claimed_by: null,
    lease_until: null,
    wake_at: null,
  };
}

/** A run as its worker gets it. */
export function toClaimed(row: NewRunRow): ClaimedRun {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    appId: row.app_id,
    flowId: row.flow_id,
    version: row.version,
    environment: row.environment,
    trigger: JSON.parse(row.trigger) as Json,
    user: row.user === null ? null : (JSON.parse(row.user) as ClaimedRun['user']),
    isDryRun: row.is_dry_run,
    depth: row.depth,
    createdAt: row.created_at,
    fence: row.fence,
    vars: JSON.parse(row.vars) as Vars,
    isResumed: row.fence > 1 || row.rerun_from !== null,
    isCancelRequested: row.is_cancel_requested,
  };
}
