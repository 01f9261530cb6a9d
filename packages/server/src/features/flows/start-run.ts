import { createHash } from 'node:crypto';
import { AppError, createId, inputError, type Clock, type Json } from '@fettle/base';
import type { RunOrigin } from '@fettle/contract';
import type { App, Flow } from '@fettle/definition';
import { concurrencyKey, rateKey, type ClaimedRun, type RunError, type RunHead, type Vars } from '@fettle/flow';
import type { Database, StoreAccess } from '../../database/database.ts';
import { toClaimed } from './run-store.ts';
import { listPaused } from './control/control.store.ts';
import { keepStagedFiles } from '../files/files.store.ts';
import { createRunInsert, insertRun, insertRuns, type InsertRun } from './insert-run.store.ts';
import { findRunByKey, noticeRuns, type NewRunRow } from './runs.store.ts';

/** Whose a run is from its beginning. */
export interface RunClaim {
  readonly worker: string;
  readonly leaseUntil: number;
}

/** A run that was started, or the one of before with the same key. */
export interface StartedRow {
  readonly id: string;
  readonly isNew: boolean;
  /** True when its flow is paused: it begins when that is over. */
  readonly isHeld: boolean;
  /** For the worker that claimed it. */
  readonly claimed?: ClaimedRun;
}

/** Files that were stored for a run that is to be started. */
export interface StagedFiles {
  readonly stagedFor: string;
  readonly ids: readonly string[];
}

/** What starts a run. */
export interface RunStart extends Pick<
  RunHead,
  'workspaceId' | 'appId' | 'version' | 'environment' | 'trigger' | 'user'
> {
  readonly flow: Flow;
  /** Functions of plugins that the expressions of its app call. */
  readonly functions: App['functions'];
  readonly origin: RunOrigin;
  /** Made by whoever wants to know of its end before it begins. */
  readonly id?: string;
  /** Of two starts of a flow with the same key, the second starts nothing and answers the first one's run. */
  readonly dedupeKey?: string;
  readonly isDryRun?: boolean;
  /** Higher ones are taken first; 0 when absent. */
  readonly priority?: number;
  /** How many flows started one another before it, where no parent says so. */
  readonly depth?: number;
  /** Why it must not be played: the run is there to be seen, and has failed. */
  readonly refusal?: RunError;
  /** Whoever starts it hears of it when the flow is paused and refuses starts: that throws. Others' runs are held. */
  readonly mayBeRefused?: boolean;
  /** Files that its trigger speaks of: they are there for everybody as soon as the run is. Only for `startAlone`. */
  readonly files?: StagedFiles;
  /** The worker of this process that plays it at once: nobody else takes it before the lease is over. */
  readonly claim?: RunClaim;
  /** Variables that it begins with, beside those of the flow. */
  readonly vars?: Vars;
  /** The run that it repeats, for whom, and the path of the step that it begins with when that is not the first one. */
  readonly rerun?: { readonly of: string; readonly by: string; readonly from?: string };
  readonly parent?: { readonly id: string; readonly path: string; readonly depth: number; readonly isAwaited: boolean };
}

/** Starts runs: in the transaction of whatever starts them, so that both happen or neither. */
export interface RunStarter {
  start(knex: StoreAccess, start: RunStart): Promise<StartedRow>;
  /** The same in a transaction of its own. */
  startAlone(start: RunStart): Promise<StartedRow>;
  /** Starts many at once, by few statements. Those whose key is known already start nothing. */
  startAll(knex: StoreAccess, starts: readonly RunStart[], how?: StartMany): Promise<void>;
}

/** How many runs are started. */
export interface StartMany {
  /** No other process is told: whoever starts them does so later, with {@link noticeRuns}. */
  readonly isQuiet?: boolean;
}

/** Longest trigger data in characters: what is larger belongs into a table or file that the trigger names. */
export const largestTrigger = 5 * 1024 * 1024;

/** Runs per statement. */
const statementSize = 1000;

/**
 * Makes the starter. Whoever commits the transaction announces the runs in its process; on PostgreSQL the
 * others hear of them with the commit.
 */
export function createRunStarter({
  clock,
  database,
}: {
  readonly clock: Clock;
  readonly database: Pick<Database, 'run' | 'knex' | 'kind' | 'transaction'>;
}): RunStarter {
  const { kind } = database;
  const insertAlone = createRunInsert(database);
  const hasNotices = kind === 'postgres';
  const startBy = async (
    insert: (row: NewRunRow, how: InsertRun) => Promise<NewRunRow['state'] | undefined>,
    knex: StoreAccess,
    start: RunStart,
  ): Promise<StartedRow> => {
    const row = rowOf(start, clock.now());
    const { mayBeRefused = false } = start;
    const state = await insert(row, { mayBeRefused });
    if (state === 'held') return { id: row.id, isNew: true, isHeld: true };
    if (state !== undefined) {
      if (start.claim !== undefined) return { id: row.id, isNew: true, isHeld: false, claimed: toClaimed(row) };
      if (hasNotices) await noticeRuns(knex);
      return { id: row.id, isNew: true, isHeld: false };
    }
    const { flow_id, environment, dedupe_key } = row;
    const before = await findRunByKey(knex, { flow_id, environment, dedupe_key: dedupe_key ?? '' });
    if (before === undefined && mayBeRefused) throw flowPaused(start.flow);
    return { id: before?.id ?? row.id, isNew: false, isHeld: before?.state === 'held' };
  };
  return {
    start: (knex, start) => startBy((row, how) => insertRun(knex, row, how), knex, start),
    startAlone(start) {
      const { files } = start;
      if (files === undefined) return startBy(insertAlone, database.knex, start);
      return database.transaction(async (transaction) => {
        const run = await startBy((row, how) => insertRun(transaction, row, how), transaction, start);
        if (run.isNew && (await keepStagedFiles(transaction, files.stagedFor, files.ids)) !== files.ids.length)
          throw filesGone();
        return run;
      });
    },
    async startAll(knex, starts, { isQuiet = false } = {}) {
      const now = clock.now();
      const paused = await listPaused(knex, [...new Set(starts.map(({ appId }) => appId))]);
      const held = new Set(paused.map(placeOf));
      for (let at = 0; at < starts.length; at += statementSize) {
        const part = starts.slice(at, at + statementSize);
        const textOf = createTexts();
        await insertRuns(
          knex,
          kind,
          part
            .map((start) => rowOf(holdable(start, textOf), now, textOf))
            .map((row) => (held.size > 0 && isHeld(row, held) ? { ...row, state: 'held' } : row)),
        );
      }
      if (hasNotices && starts.length > 0 && !isQuiet) await noticeRuns(knex);
    },
  };
}

const placeOf = (row: Pick<NewRunRow, 'app_id' | 'flow_id' | 'environment'>): string =>
  `${row.app_id} ${row.flow_id} ${row.environment}`;

const isHeld = (row: NewRunRow, held: ReadonlySet<string>): boolean => row.state === 'queued' && held.has(placeOf(row));

const flowPaused = (flow: Pick<Flow, 'name'>): AppError =>
  new AppError('unavailable', {
    code: 'flow.paused',
    message: `The flow "${flow.name}" is paused and starts nothing for now.`,
    hint: 'Try again when whoever operates it has resumed it.',
  });

const filesGone = (): AppError =>
  new AppError('unavailable', {
    code: 'flow.files-gone',
    message: 'The files that came with this were taken away before the run was stored.',
    hint: 'Send it again.',
  });

/** Of many starts nobody hears why one cannot be: it is kept, without its data, as a run that has failed. */
function holdable(start: RunStart, textOf: TextOf): RunStart {
  const { length } = textOf(start.trigger);
  if (length <= largestTrigger) return start;
  const { code, message, hint } = tooLarge();
  return {
    ...start,
    trigger: { omitted: 'The data was too large to be kept.', characters: length },
    refusal: { code, message, ...(hint === undefined ? {} : { hint }) },
  };
}

function tooLarge(): AppError {
  return inputError({
    code: 'flow.trigger-too-large',
    message: 'What starts the flow brings more data than a run can hold (5 MB).',
    hint: 'Store the data, and start the flow with where it is.',
  });
}

/** What is left of a flow that cannot be read: enough to keep a start of it that cannot be played. */
export function unreadableFlow(id: string): Pick<RunStart, 'flow' | 'functions' | 'refusal'> {
  return {
    flow: { id, name: id, trigger: { type: 'core/manual', settings: {} }, steps: [] },
    functions: undefined,
    refusal: {
      code: 'flow.unreadable',
      message: 'Not started: the release that was to be played, or the flow in it, cannot be read.',
      hint: 'Publish the app again, and retry this start on the live release.',
    },
  };
}

type TextOf = (value: Json) => string;

/** Writes values as JSON; the same one once, however many runs it starts. */
function createTexts(): TextOf {
  const known = new Map<Json, string>();
  return (value) => {
    const text = known.get(value) ?? JSON.stringify(value);
    known.set(value, text);
    return text;
  };
}

function rowOf(start: RunStart, now: number, textOf: TextOf = JSON.stringify): NewRunRow {
  const { flow, parent, refusal, claim, rerun } = start;
  const trigger = textOf(start.trigger);
  if (trigger.length > largestTrigger) throw tooLarge();
  return {
    id: start.id ?? createId('run', 20),
    workspace_id: start.workspaceId,
    app_id: start.appId,
    flow_id: flow.id,
    version: start.version,
    environment: start.environment,
    state: refusal !== undefined ? 'failed' : claim === undefined ? 'queued' : 'running',
    trigger,
    user: start.user === null ? null : JSON.stringify(start.user),
    is_dry_run: start.isDryRun ?? false,
    depth: parent?.depth ?? start.depth ?? 0,
    parent_id: parent?.isAwaited === true ? parent.id : null,
    parent_path: parent === undefined ? null : parent.path.slice(0, 1000),
    dedupe_key: start.dedupeKey === undefined ? null : keyInApp(start.appId, start.dedupeKey),
    priority: start.priority ?? 0,
    concurrency_key: concurrencyKey(flow, start) ?? null,
    concurrency_limit: flow.concurrency?.limit ?? null,
    rate_key: rateKey(flow, start) ?? null,
    rate_limit: flow.rateLimit?.limit ?? null,
    rate_period_ms: flow.rateLimit?.periodMs ?? null,
    fence: claim === undefined ? 0 : 1,
    claimed_by: claim?.worker ?? null,
    lease_until: claim?.leaseUntil ?? null,
    wake_at: null,
    is_woken: false,
    is_cancel_requested: false,
    vars: start.vars === undefined ? '{}' : JSON.stringify(start.vars),
    output: null,
    error: refusal === undefined ? null : JSON.stringify(refusal),
    created_at: now,
    started_at: claim === undefined ? null : now,
    finished_at: refusal === undefined ? null : now,
    origin: start.origin,
    rerun_of: rerun?.of ?? null,
    rerun_from: rerun?.from ?? null,
    rerun_by: rerun?.by.slice(0, 320) ?? null,
  };
}

/**
 * A key as it is stored. Copies of an app have the same flow ids: it means nothing outside of its app. Long ones are kept as
 * their hash.
 */
export function keyInApp(appId: string, key: string): string {
  const kept = key.length <= 200 ? key : createHash('sha256').update(key).digest('hex');
  return `${appId} ${kept}`;
}
