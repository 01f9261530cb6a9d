import type { Actor, Grant } from '@fettle/access';
import { createId, inputError, notFound, type Clock, type Json } from '@fettle/base';
import type { Environment, FlowJournalEntry, FlowRunDetails, FlowRunHead } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { finalStates, type RunState } from '@fettle/flow';
import type { Database } from '../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../grants.ts';
import type { RunningApp } from '../apps/running-app.ts';
import { findApp } from '../apps/apps.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import { checkParameters } from '../queries/check-parameters.ts';
import { unknownFlow, type FlowVersions } from './flow-versions.ts';
import { listEntries } from './journal.store.ts';
import type { RunCounts } from './metrics/run-counts.ts';
import type { RunSignals } from './run-signals.ts';
import { cancelRun, findRun, listRuns, type RunRow } from './runs.store.ts';
import type { StartHere } from './start-here.ts';
import type { RunStart, RunStarter } from './start-run.ts';
import { tellOfEnd } from './triggers/ended-runs.ts';
import type { Happenings } from './triggers/happenings.ts';

/** A run as whoever started it sees it. */
export interface StartedRun {
  readonly id: string;
  readonly state: RunState;
  readonly output?: Json;
  readonly error?: NonNullable<FlowRunHead['error']>;
}

/** What a list of runs is narrowed to. */
export interface RunFilter {
  readonly flow?: string;
  readonly state?: RunState;
  readonly environment?: Environment;
  readonly before?: number;
  readonly after?: number;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Starts flows for people and operates their runs. */
export class FlowRuns {
  readonly #options: FlowRunsOptions;

  constructor(options: FlowRunsOptions) {
    this.#options = options;
  }

  /** Starts a flow of a running app. Only flows that are meant to be called are: others wait for their trigger. */
  async startFromApp(call: {
    readonly running: RunningApp;
    readonly flow: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly requestId?: string;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  }): Promise<StartedRun> {
    const { running, requestId } = call;
    const flow = Object.hasOwn(running.app.flows, call.flow) ? running.app.flows[call.flow] : undefined;
    if (flow === undefined) throw unknownFlow();
    if (flow.disabled === true) throw disabled(flow);
    if (flow.trigger.type !== 'core/manual') throw notForCalls(flow);
    const trigger = { ...checkParameters(flow.inputs ?? [], call.input, 'flow') };
    const { user } = running;
    const who = user?.id ?? 'visitor';
    return this.#startAndWait(
      {
        workspaceId: running.workspaceId,
        appId: running.appId,
        version: running.version,
        environment: running.environment,
        flow,
        trigger,
        user: user === null ? null : { id: user.id, email: user.email, name: user.name },
        mayBeRefused: true,
        ...(requestId === undefined ? {} : { dedupeKey: `call ${who} ${requestId}` }),
      },
      call,
    );
  }

  /** Starts a flow of the draft with trial data, whatever its trigger. */
  async startDraft(call: {
    readonly grant: Grant;
    readonly actor: Actor;
    readonly flow: string;
    readonly trigger: Json;
    readonly isDryRun: boolean;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  }): Promise<StartedRun> {
    const appId = appIdOf(call.grant);
    const { version, app } = await this.#options.versions.keepDraft(appId);
    const flow = Object.hasOwn(app.flows, call.flow) ? app.flows[call.flow] : undefined;
    if (flow === undefined) throw unknownFlow();
    const { actor } = call;
    return this.#startAndWait(
      {
        workspaceId: workspaceIdOf(call.grant),
        appId,
        version,
        environment: 'development',
        flow,
        trigger: call.trigger,
        user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name } : null,
        isDryRun: call.isDryRun,
        priority: 1,
      },
      call,
    );
  }

  async list(grant: Grant, filter: RunFilter): Promise<{ readonly runs: FlowRunHead[]; readonly next?: string }> {
    const { flow, cursor, limit = 50, ...rest } = filter;
    const from = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await listRuns(this.#options.database.knex, {
      ...rest,
      appId: appIdOf(grant),
      ...(flow === undefined ? {} : { flowId: flow }),
      ...(from === undefined ? {} : { from }),
      limit: limit + 1,
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      runs: rows.slice(0, limit).map(headOf),
      ...(last === undefined ? {} : { next: `${last.created_at}_${last.id}` }),
    };
  }

  async read(
    grant: Grant,
    runId: string,
    page: { readonly offset?: number; readonly limit?: number },
  ): Promise<{ readonly run: FlowRunDetails; readonly entries: FlowJournalEntry[]; readonly hasMore: boolean }> {
    const row = await this.#find(grant, runId);
    const { offset = 0, limit = 200 } = page;
    const entries = await listEntries(this.#options.database.knex, row.id, { offset, limit: limit + 1 });
    return {
      run: {
        ...headOf(row),
        trigger: JSON.parse(row.trigger) as Json,
        ...(row.output === null ? {} : { output: JSON.parse(row.output) as Json }),
        ...(row.parent_id === null ? {} : { parentRun: row.parent_id }),
      },
      entries: entries.slice(0, limit).map(({ inputHash: _hash, ...entry }) => entry as unknown as FlowJournalEntry),
      hasMore: entries.length > limit,
    };
  }

  async cancel(grant: Grant, actor: Actor, runId: string): Promise<RunState> {
    const { database, clock, signals, audit, happenings, counts } = this.#options;
    const row = await this.#find(grant, runId);
    const now = clock.now();
    const state = await database.transaction(async (transaction) => {
      const cancelled = await cancelRun(transaction, row.id, now);
      // One that a worker plays tells of its end by itself.
      if (cancelled === 'cancelled' && !finalStates.has(row.state))
        await tellOfEnd(happenings, transaction, { run: row, state: cancelled, now });
      return cancelled;
    });
    signals.cancel(row.id);
    if (state === 'cancelled') signals.ended(row.id);
    if (state === 'cancelled' && !finalStates.has(row.state) && !row.is_dry_run)
      counts.note({
        appId: row.app_id,
        flowId: row.flow_id,
        environment: row.environment,
        state,
        createdAt: row.created_at,
        startedAt: row.started_at,
        finishedAt: now,
      });
    if (!finalStates.has(row.state)) {
      await audit.record({
        actor,
        action: 'flow-run.cancel',
        workspaceId: workspaceIdOf(grant),
        target: `${row.app_id} ${row.flow_id} ${row.id}`,
      });
    }
    return state ?? row.state;
  }

  /** Starts the flow of a run again. Answers the new run's id. */
  async rerun(
    grant: Grant,
    actor: Actor,
    runId: string,
    how: { readonly version?: 'same' | 'current'; readonly trigger?: Json },
  ): Promise<string> {
    const row = await this.#find(grant, runId);
    const version = how.version === 'current' ? await this.#currentVersion(row) : row.version;
    const id = await this.#startAgain(row, version, how.trigger);
    await this.#options.audit.record({
      actor,
      action: 'flow-run.rerun',
      workspaceId: workspaceIdOf(grant),
      target: `${row.app_id} ${row.flow_id} ${row.id}`,
      details: { run: id, version },
    });
    this.#options.signals.announce();
    return id;
  }

  /** Starts failed runs again, each once: the same call again starts nothing. At most 500 at a time. */
  async retryFailed(
    grant: Grant,
    actor: Actor,
    wanted: { readonly flow?: string; readonly after: number; readonly before?: number },
  ): Promise<{ readonly started: number; readonly hasMore: boolean }> {
    const { flow, ...times } = wanted;
    const rows = await listRuns(this.#options.database.knex, {
      ...times,
      appId: appIdOf(grant),
      state: 'failed',
      ...(flow === undefined ? {} : { flowId: flow }),
      limit: retryBatch + 1,
    });
    let started = 0;
    for (const row of rows.slice(0, retryBatch)) {
      const id = await this.#startAgain(row, row.version, undefined, `retry ${row.id}`);
      if (id !== undefined) started += 1;
    }
    await this.#options.audit.record({
      actor,
      action: 'flow-run.retry-failed',
      workspaceId: workspaceIdOf(grant),
      target: appIdOf(grant),
      details: { started },
    });
    this.#options.signals.announce();
    return { started, hasMore: rows.length > retryBatch };
  }

  async #startAgain(row: RunRow, version: string, trigger: Json | undefined): Promise<string>;
  async #startAgain(row: RunRow, version: string, trigger: undefined, key: string): Promise<string | undefined>;
  async #startAgain(
    row: RunRow,
    version: string,
    trigger: Json | undefined,
    key?: string,
  ): Promise<string | undefined> {
    const { database, starter, versions } = this.#options;
    const { flow } = await versions.find(row.app_id, version, row.flow_id);
    const { id, isNew } = await starter.start(database.knex, {
      workspaceId: row.workspace_id,
      appId: row.app_id,
      version,
      environment: row.environment,
      flow,
      trigger: trigger === undefined ? (JSON.parse(row.trigger) as Json) : trigger,
      user: row.user === null ? null : (JSON.parse(row.user) as RunStart['user']),
      isDryRun: row.is_dry_run,
      ...(key === undefined ? {} : { dedupeKey: key }),
    });
    return key === undefined || isNew ? id : undefined;
  }

  /** The live release for production, the draft as it is now for trials. */
  async #currentVersion(row: RunRow): Promise<string> {
    if (row.environment === 'development') return (await this.#options.versions.keepDraft(row.app_id)).version;
    const app = await findApp(this.#options.database.knex, { id: row.app_id });
    if (app?.live_release_id === undefined || app.live_release_id === null)
      throw inputError({
        code: 'flow.no-release',
        message: 'The app has no live release.',
        hint: 'Publish it, or run on the version the run had.',
      });
    return app.live_release_id;
  }

  async #find(grant: Grant, runId: string): Promise<RunRow> {
    const row = await findRun(this.#options.database.knex, runId);
    if (row === undefined || row.app_id !== appIdOf(grant)) throw unknownRun();
    return row;
  }

  async #startAndWait(
    start: RunStart,
    wait: { readonly waitMs: number; readonly signal: AbortSignal },
  ): Promise<StartedRun> {
    const { database, startHere, signals, clock } = this.#options;
    const id = createId('run', 20);
    const until = clock.now() + wait.waitMs;
    // It may end before its start is known here.
    let ended = wait.waitMs > 0 ? signals.untilEnded(id, Math.min(wait.waitMs, lookEveryMs), wait.signal) : undefined;
    const started = await startHere({ ...start, id });
    if (started.id !== id && wait.waitMs > 0)
      ended = signals.untilEnded(started.id, Math.min(wait.waitMs, lookEveryMs), wait.signal);
    for (;;) {
      await ended;
      const row = await findRun(database.knex, started.id);
      if (row === undefined) throw unknownRun();
      // Another process may play it: then nobody here is told of its end. Nobody knows when a held one begins.
      if (finalStates.has(row.state) || row.state === 'held' || clock.now() >= until || wait.signal.aborted)
        return startedRun(row);
      ended = signals.untilEnded(started.id, Math.min(lookEveryMs, until - clock.now()), wait.signal);
    }
  }
}

/** What the service needs. */
export interface FlowRunsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly versions: FlowVersions;
  readonly starter: RunStarter;
  readonly startHere: StartHere;
  readonly signals: RunSignals;
  readonly happenings: Happenings;
  readonly counts: Pick<RunCounts, 'note'>;
}

const retryBatch = 500;
const lookEveryMs = 250;

/** A run as lists show it. */
export function headOf(row: RunRow): FlowRunHead {
  const user = row.user === null ? null : (JSON.parse(row.user) as { readonly email: string });
  return {
    id: row.id,
    flowId: row.flow_id,
    version: row.version,
    environment: row.environment,
    state: row.state,
    isDryRun: row.is_dry_run,
    startedBy: user?.email ?? null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    ...(row.state === 'held' && row.wake_at !== null ? { heldUntil: row.wake_at } : {}),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as NonNullable<FlowRunHead['error']> }),
  };
}

function startedRun(row: RunRow): StartedRun {
  return {
    id: row.id,
    state: row.state,
    ...(row.output === null ? {} : { output: JSON.parse(row.output) as Json }),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as NonNullable<FlowRunHead['error']> }),
  };
}

function readCursor(text: string): { readonly createdAt: number; readonly id: string } {
  const [, createdAt, id] = /^(\d{1,16})_(.+)$/.exec(text) ?? [];
  if (createdAt === undefined || id === undefined)
    throw inputError({ code: 'flow-runs.cursor', message: 'This is no place in the list of runs.' });
  return { createdAt: Number(createdAt), id };
}

const unknownRun = () =>
  notFound({ code: 'flow-run.unknown', message: 'There is no such run.', hint: 'It may be older than runs are kept.' });

const disabled = (flow: Flow) =>
  inputError({
    code: 'flow.disabled',
    message: `The flow "${flow.name}" is turned off.`,
    hint: 'Ask whoever builds this app.',
  });

const notForCalls = (flow: Flow) =>
  inputError({
    code: 'flow.not-callable',
    message: `The flow "${flow.name}" is started by its trigger, not from an app.`,
    hint: 'Give it the trigger "Started from an app".',
  });
