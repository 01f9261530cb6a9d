import type { Actor, Grant } from '@fettle/access';
import { AppError, conflict, inputError, type Clock, type Json, type Result } from '@fettle/base';
import type { Flow } from '@fettle/definition';
import {
  failedPlace,
  finalStates,
  reuseJournal,
  type ReusedJournal,
  type RunError,
  type RerunProblem,
} from '@fettle/flow';
import type { Database, StoreTransaction } from '../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../grants.ts';
import { findApp } from '../apps/apps.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import { settleDeadLetters } from './dead-letters/dead-letters.store.ts';
import { cursorOf, readCursor } from './find-runs.service.ts';
import { findRunOf } from './flow-runs.service.ts';
import type { FlowVersions } from './flow-versions.ts';
import { countFailed, listEndings, listFailed, readForReuse, writeReused, type FailedRuns } from './reruns.store.ts';
import type { RunSignals } from './run-signals.ts';
import type { RunRow } from './runs.store.ts';
import type { RunStart, RunStarter } from './start-run.ts';

/** How a run is to be played again. */
export interface RerunWish {
  readonly version?: 'same' | 'current';
  /** Other data than the run had. */
  readonly trigger?: Json;
  /** Path of the step to begin with. */
  readonly from?: string;
  /** Begin with the step that failed or was cut off. */
  readonly fromFailed?: boolean;
}

/** What starting runs again needs. */
export interface RerunsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly versions: FlowVersions;
  readonly starter: RunStarter;
  readonly signals: Pick<RunSignals, 'announce'>;
}

const retryPage = 50;
const mostCounted = 1000;

/**
 * Starts runs again. A rerun is a run of its own: its steps have idempotency keys of their own, and what it reuses of the
 * run before is not done again.
 */
export class Reruns {
  readonly #options: RerunsOptions;

  constructor(options: RerunsOptions) {
    this.#options = options;
  }

  /** Starts the flow of a run again. Answers the new run's id. */
  async rerun(grant: Grant, actor: Actor, runId: string, wish: RerunWish): Promise<string> {
    const { database, audit, signals } = this.#options;
    const row = await findRunOf(database.knex, grant, runId);
    const { id, version, from } = await this.#startAgain(row, actor, wish, { origin: 'rerun' });
    await audit.record({
      actor,
      action: 'flow-run.rerun',
      workspaceId: workspaceIdOf(grant),
      target: `${row.app_id} ${row.flow_id} ${row.id}`,
      details: { run: id, version, ...(from === undefined ? {} : { from }) },
    });
    signals.announce();
    return id;
  }

  /** How many failed runs were not started again yet. */
  async countFailed(
    grant: Grant,
    wanted: Omit<FailedRuns, 'appId'>,
  ): Promise<{ readonly count: number; readonly isMore: boolean }> {
    const { knex } = this.#options.database;
    const count = await countFailed(knex, { ...wanted, appId: appIdOf(grant) }, mostCounted + 1);
    return { count: Math.min(count, mostCounted), isMore: count > mostCounted };
  }

  /** Starts a page of failed runs again, each only once, however often and by how many this is called. */
  async retryFailed(
    grant: Grant,
    actor: Actor,
    request: Omit<FailedRuns, 'appId'> &
      Pick<RerunWish, 'version' | 'fromFailed'> & { readonly limit?: number; readonly cursor?: string },
  ): Promise<{
    readonly started: number;
    readonly refused: { readonly run: string; readonly message: string; readonly hint?: string }[];
    readonly next?: string;
  }> {
    const { limit = retryPage, cursor, version, fromFailed, ...wanted } = request;
    const { database, audit, signals } = this.#options;
    const rows = await listFailed(
      database.knex,
      { ...wanted, appId: appIdOf(grant) },
      { limit: limit + 1, ...(cursor === undefined ? {} : { from: readCursor(cursor) }) },
    );
    const page = rows.slice(0, limit);
    const refused: { readonly run: string; readonly message: string; readonly hint?: string }[] = [];
    let started = 0;
    const wish = { ...(version === undefined ? {} : { version }), ...(fromFailed === undefined ? {} : { fromFailed }) };
    for (const row of page) {
      try {
        const { isNew } = await this.#startAgain(row, actor, wish, { origin: 'retry', dedupeKey: `retry ${row.id}` });
        if (isNew) started += 1;
      } catch (error) {
        if (!(error instanceof AppError) || error.kind === 'bug') throw error;
        refused.push({
          run: row.id,
          message: error.message,
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        });
      }
    }
    await audit.record({
      actor,
      action: 'flow-run.retry-failed',
      workspaceId: workspaceIdOf(grant),
      target: appIdOf(grant),
      details: { started, refused: refused.length },
    });
    if (started > 0) signals.announce();
    const last = page.at(-1);
    return { started, refused, ...(last === undefined || rows.length <= limit ? {} : { next: cursorOf(last) }) };
  }

  /** Starts a dead letter again and takes it off the list: both or neither. False when somebody else has seen to it. */
  async retryDeadLetter(row: RunRow, actor: Actor, wish: Pick<RerunWish, 'version' | 'fromFailed'>): Promise<boolean> {
    const how = { origin: 'retry', dedupeKey: `retry ${row.id}`, isDeadLetter: true } as const;
    return (await this.#startAgain(row, actor, wish, how)).isNew;
  }

  async #startAgain(
    row: RunRow,
    actor: Actor,
    wish: RerunWish,
    { isDeadLetter = false, ...how }: Pick<RunStart, 'origin' | 'dedupeKey'> & { readonly isDeadLetter?: boolean },
  ): Promise<{
    readonly id: string;
    readonly isNew: boolean;
    readonly version: string;
    readonly from: string | undefined;
  }> {
    const { clock, database, starter, versions } = this.#options;
    const version = wish.version === 'current' ? await this.#currentVersion(row) : row.version;
    const { flow, app } = await versions.find(row.app_id, version, row.flow_id);
    const from = await this.#placeOf(row, wish);
    // Read before the transaction: SQLite has one connection, and a run that is over does not change.
    const reused = from === undefined ? undefined : await this.#reusedOf(row, flow, from);
    const start: RunStart = {
      workspaceId: row.workspace_id,
      appId: row.app_id,
      version,
      environment: row.environment,
      flow,
      functions: app.functions,
      trigger: wish.trigger === undefined ? (JSON.parse(row.trigger) as Json) : wish.trigger,
      user: row.user === null ? null : (JSON.parse(row.user) as RunStart['user']),
      isDryRun: row.is_dry_run,
      ...how,
      ...(reused === undefined ? {} : { vars: reused.vars }),
      rerun: { of: row.id, by: nameOf(actor), ...(from === undefined ? {} : { from }) },
    };
    const { id, isNew } = await database.transaction(async (transaction: StoreTransaction) => {
      // Somebody sees to it: it is no dead letter any more.
      const seenTo = { settled: 'retried', by: nameOf(actor), at: clock.now() } as const;
      const settled = await settleDeadLetters(transaction, [row.id], seenTo);
      if (isDeadLetter && settled === 0) return { id: '', isNew: false };
      const started = await starter.start(transaction, start);
      if (started.isNew && reused !== undefined)
        await writeReused(transaction, { from: row.id, to: started.id }, reused.entries);
      return started;
    });
    return { id, isNew, version, from };
  }

  async #placeOf(row: RunRow, { from, fromFailed = false }: RerunWish): Promise<string | undefined> {
    if (from === undefined && !fromFailed) return undefined;
    if (!finalStates.has(row.state)) throw underWay();
    if (from !== undefined) return from;
    const { database, versions } = this.#options;
    const { flow } = await versions.find(row.app_id, row.version, row.flow_id);
    const error = row.error === null ? undefined : (JSON.parse(row.error) as RunError);
    return assertPossible(failedPlace(flow, await listEndings(database.knex, row.id), error));
  }

  async #reusedOf(row: RunRow, now: Flow, from: string): Promise<ReusedJournal> {
    const { database, versions, clock } = this.#options;
    const { flow: before } = await versions.find(row.app_id, row.version, row.flow_id);
    const entries = await readForReuse(database.knex, row.id, from);
    if (entries === undefined) throw tooLong();
    return assertPossible(reuseJournal({ runId: row.id, before, now, entries, from, at: clock.now() }));
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
}

/** The actor as the new run names them. */
function nameOf(actor: Actor): string {
  if (actor.kind === 'user') return actor.email;
  return actor.kind === 'api-key' ? actor.name : actor.kind;
}

function assertPossible<T>(result: Result<T, RerunProblem>): T {
  if (!result.ok) throw conflict(result.error);
  return result.value;
}

const underWay = () =>
  conflict({
    code: 'flow-rerun.under-way',
    message: 'This run is still under way.',
    hint: 'Cancel it or wait for its end, and start from a step then.',
  });

const tooLong = () =>
  conflict({
    code: 'flow-rerun.too-long',
    message: 'More steps came before this one than can be reused at once.',
    hint: 'Start from the loop that they are in, or run it whole.',
  });
