import type { Actor, Grant } from '@fettle/access';
import { createId, inputError, notFound, type Clock, type Json } from '@fettle/base';
import type { FlowJournalEntry, FlowRunDetails, FlowRunHead } from '@fettle/contract';
import { checkParameters, type Flow } from '@fettle/definition';
import { finalStates, type RunState } from '@fettle/flow';
import type { Database, StoreAccess } from '../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../grants.ts';
import type { RunningApp } from '../apps/running-app.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Files } from '../files/files.service.ts';
import { withFiles } from './input-files.ts';
import { unknownFlow, type FlowVersions } from './flow-versions.ts';
import { findRuns, headOf, type RunFilter, type RunPage } from './find-runs.service.ts';
import { hideLinks } from './hide-links.ts';
import { findEntry, pageOfEntries } from './journal.store.ts';
import type { RunCounts } from './metrics/run-counts.ts';
import { shownEntries, wholeEntry } from './shown-entries.ts';
import type { RunSignals } from './run-signals.ts';
import { listReruns, type RerunRow } from './reruns.store.ts';
import { cancelRun, findRun, type RunRow } from './runs.store.ts';
import type { StartHere } from './start-here.ts';
import type { RunStart } from './start-run.ts';
import { tellOfEnd } from './triggers/ended-runs.ts';
import type { Happenings } from './triggers/happenings.ts';

/** A run as whoever started it sees it. */
export interface StartedRun {
  readonly id: string;
  readonly state: RunState;
  readonly output?: Json;
  readonly error?: NonNullable<FlowRunHead['error']>;
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
    const inputs = flow.inputs ?? [];
    const values = checkParameters(inputs, call.input, 'flow');
    const trigger = await withFiles(this.#options.files, running.workspaceId, { inputs, values });
    const { user } = running;
    const who = user?.id ?? 'visitor';
    return this.#startAndWait(
      {
        workspaceId: running.workspaceId,
        appId: running.appId,
        version: running.version,
        environment: running.environment,
        flow,
        functions: running.app.functions,
        origin: 'app',
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
        functions: app.functions,
        origin: 'draft',
        trigger: call.trigger,
        user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name } : null,
        isDryRun: call.isDryRun,
        priority: 1,
      },
      call,
    );
  }

  /** Runs of the app, newest first. */
  list(grant: Grant, filter: RunFilter): Promise<RunPage> {
    return findRuns(this.#options, grant, filter);
  }

  /** One run with a page of its journal. */
  async read(
    grant: Grant,
    runId: string,
    page: { readonly cursor?: string; readonly limit?: number },
  ): Promise<{ readonly run: FlowRunDetails; readonly entries: FlowJournalEntry[]; readonly next?: string }> {
    const row = await findRunOf(this.#options.database.knex, grant, runId);
    const { cursor, limit = 200 } = page;
    const { entries, next } = await pageOfEntries(this.#options.database.knex, row.id, {
      limit,
      ...(cursor === undefined ? {} : { from: readEntryCursor(cursor) }),
    });
    return {
      run: {
        ...headOf(row),
        trigger: hideLinks(JSON.parse(row.trigger) as Json),
        ...(row.output === null ? {} : { output: hideLinks(JSON.parse(row.output) as Json) }),
        ...(row.parent_id === null ? {} : { parentRun: row.parent_id }),
        ...(row.rerun_from === null ? {} : { rerunFrom: row.rerun_from }),
        ...(row.rerun_by === null ? {} : { rerunBy: row.rerun_by }),
        reruns: (await listReruns(this.#options.database.knex, row.id)).map(rerunOf),
      },
      entries: await shownEntries(this.#options.database.knex, row, entries),
      ...(next === undefined ? {} : { next }),
    };
  }

  /** One step of a run with its values. */
  async readEntry(grant: Grant, runId: string, path: string): Promise<FlowJournalEntry> {
    const { knex } = this.#options.database;
    const row = await findRunOf(knex, grant, runId);
    const entry = await findEntry(knex, row.id, path);
    if (entry === undefined) throw notFound({ code: 'flow-run.no-entry', message: 'The run has no such step.' });
    return wholeEntry(knex, row, entry);
  }

  async cancel(grant: Grant, actor: Actor, runId: string): Promise<RunState> {
    const { database, clock, signals, audit, happenings, counts } = this.#options;
    const row = await findRunOf(this.#options.database.knex, grant, runId);
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
  readonly files: Pick<Files, 'describe'>;
  readonly startHere: StartHere;
  readonly signals: RunSignals;
  readonly happenings: Happenings;
  readonly counts: Pick<RunCounts, 'note'>;
}

const lookEveryMs = 250;

function startedRun(row: RunRow): StartedRun {
  return {
    id: row.id,
    state: row.state,
    ...(row.output === null ? {} : { output: JSON.parse(row.output) as Json }),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as NonNullable<FlowRunHead['error']> }),
  };
}

function rerunOf(row: RerunRow): FlowRunDetails['reruns'][number] {
  return {
    id: row.id,
    state: row.state,
    createdAt: row.created_at,
    ...(row.rerun_from === null ? {} : { from: row.rerun_from }),
    ...(row.rerun_by === null ? {} : { by: row.rerun_by }),
  };
}

/** A run of the app that the grant is for. */
export async function findRunOf(knex: StoreAccess, grant: Grant, runId: string): Promise<RunRow> {
  const row = await findRun(knex, runId);
  if (row === undefined || row.app_id !== appIdOf(grant)) throw unknownRun();
  return row;
}

function readEntryCursor(text: string): { readonly position: string; readonly path: string } {
  const [, position, path] = /^(\d{1,19})_(.+)$/.exec(text) ?? [];
  if (position === undefined || path === undefined)
    throw inputError({ code: 'flow-run.cursor', message: 'This is no place in the journal of a run.' });
  return { position, path };
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
