import type { Actor, Grant } from '@fettle/access';
import type { Clock } from '@fettle/base';
import type { Environment, FlowPause } from '@fettle/contract';
import type { Database } from '../../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../../grants.ts';
import type { Log } from '../../../log.ts';
import { findApp } from '../../apps/apps.store.ts';
import { nameOfActor, type Audit } from '../../audit/audit.service.ts';
import type { Drafts } from '../../drafts/drafts.service.ts';
import type { RunningApps } from '../../running/running-apps.ts';
import { unknownFlow } from '../flow-versions.ts';
import { noticeRuns } from '../runs.store.ts';
import {
  batchSize,
  countHeld,
  endPause,
  holdBatch,
  listPaused,
  listResumedSince,
  releaseBatch,
  savePause,
  type FlowPlace,
} from './control.store.ts';

/** A flow in an environment, as whoever operates it names it. */
export interface ControlCall {
  readonly grant: Grant;
  readonly actor: Actor;
  readonly flow: string;
  readonly environment: Environment;
}

/** Pauses and resumes flows. */
export interface FlowControls {
  list(grant: Grant): Promise<FlowPause[]>;
  pause(call: ControlCall, how: { readonly refuses: boolean; readonly note: string | null }): Promise<void>;
  /** Answers how many runs were let go. */
  resume(call: ControlCall): Promise<number>;
  /** Lets go of what was held at the very moment its flow was resumed, or by a process that ended while it let go. */
  settle(): Promise<void>;
  /** Settles now and then. Answers how to stop. */
  start(): () => void;
}

/** What the service needs. */
export interface FlowControlsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly running: Pick<RunningApps, 'versionOfRelease'>;
  /** Runs can be taken and schedules may be due. Called after what made them so. */
  readonly announce: () => void;
}

const settleMs = 30_000;
/** How long after it was resumed a flow may still have runs that nobody let go. */
const afterMs = 3_600_000;

/**
 * Makes the service. The row of the pause is what counts: it is read by every start and every claim in the statement
 * that makes it, in whatever process. Holding the runs that are queued already only keeps workers from looking at them.
 */
export function createFlowControls(options: FlowControlsOptions): FlowControls {
  const { database, clock, log, audit } = options;
  const release = async (place: FlowPlace): Promise<number> => {
    let released = 0;
    for (;;) {
      const count = await releaseBatch(database.knex, place);
      released += count;
      if (count < batchSize) break;
    }
    if (released > 0 && database.kind === 'postgres') await noticeRuns(database.knex);
    return released;
  };
  const settle = async (): Promise<void> => {
    let released = 0;
    for (const place of await listResumedSince(database.knex, clock.now() - afterMs)) released += await release(place);
    if (released > 0) options.announce();
  };
  return {
    settle,
    start() {
      const timer = setInterval(() => {
        settle().catch((error: unknown) => log.warn({ err: error }, 'Runs of resumed flows could not be looked for'));
      }, settleMs).unref();
      return () => clearInterval(timer);
    },
    async list(grant) {
      const appId = appIdOf(grant);
      const rows = await listPaused(database.knex, [appId]);
      const held = await countHeld(database.knex, appId);
      return rows.map((row) => ({
        flow: row.flow_id,
        environment: row.environment,
        pausedAt: row.paused_at ?? 0,
        pausedBy: row.paused_by,
        note: row.pause_note,
        refuses: row.pause_refuses,
        held: held.find((one) => one.flow_id === row.flow_id && one.environment === row.environment)?.count ?? 0,
      }));
    },
    async pause(call, { refuses, note }) {
      await assertFlow(options, call);
      const place = placeOf(call);
      await database.transaction(async (transaction) => {
        const isNew = await savePause(transaction, place, {
          paused_at: clock.now(),
          paused_by: nameOfActor(call.actor).slice(0, 320),
          pause_note: note,
          pause_refuses: refuses,
        });
        await audit.record(
          entryOf(call, isNew ? 'flow.pause' : 'flow.pause-changed', { refuses, ...(note === null ? {} : { note }) }),
          transaction,
        );
      });
      while (await holdBatch(database.knex, place));
    },
    async resume(call) {
      const place = placeOf(call);
      await database.transaction(async (transaction) => {
        if (!(await endPause(transaction, place, clock.now()))) return;
        await audit.record(entryOf(call, 'flow.resume', {}), transaction);
      });
      const released = await release(place);
      options.announce();
      return released;
    },
  };
}

const placeOf = ({ grant, flow, environment }: ControlCall): FlowPlace => ({
  app_id: appIdOf(grant),
  flow_id: flow,
  environment,
});

const entryOf = (call: ControlCall, action: string, details: Readonly<Record<string, unknown>>) => ({
  actor: call.actor,
  action,
  workspaceId: workspaceIdOf(call.grant),
  target: `${appIdOf(call.grant)} ${call.flow}`,
  details: { environment: call.environment, ...details },
});

/** Throws unless the flow is in the draft or in the live release. */
async function assertFlow({ database, drafts, running }: FlowControlsOptions, call: ControlCall): Promise<void> {
  const appId = appIdOf(call.grant);
  const { draft } = await drafts.read(appId);
  if (Object.hasOwn(draft.app.flows, call.flow)) return;
  const live = (await findApp(database.knex, { id: appId }))?.live_release_id ?? null;
  if (live !== null && Object.hasOwn((await running.versionOfRelease(live)).app.flows, call.flow)) return;
  throw unknownFlow();
}
