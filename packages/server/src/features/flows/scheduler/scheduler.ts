import { bug, type Clock } from '@fettle/base';
import type { App } from '@fettle/definition';
import { nextTick, onTimeMs, parseSchedule, type Schedule } from '@fettle/flow';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import { loadFrozen } from '../../apps/app-content.ts';
import { lockApp } from '../../apps/apps.store.ts';
import { readReleaseFiles } from '../../releases/releases.store.ts';
import { noticeRuns } from '../runs.store.ts';
import { unreadableFlow, type RunStart, type RunStarter } from '../start-run.ts';
import { followLive } from '../follow-live.ts';
import {
  listComingReleases,
  listDueReleases,
  listSchedulesAhead,
  listUnscheduledApps,
  moveSchedules,
  nextDueAt,
  takeDueSchedules,
  type DueRelease,
  type DueSchedule,
  type ScheduleRow,
} from './schedules.store.ts';
import { createTicksAt } from './ticks-at.ts';
import type { CatalogOf } from '../../../extensions/workspace-extensions.ts';

/** Starts flows by the clock. Any number of processes may have one: they share the work without knowing each other. */
export interface Scheduler {
  start(): void;
  /** Schedules changed: look now. */
  wake(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
  /** One round: starts what is due. Answers how many schedules that were. */
  fireDue(): Promise<number>;
  /** Brings schedules in line with what is live, and with a clock that was set back. */
  reconcile(): Promise<void>;
}

/** What of a release its flows are started with. */
type FlowsOfRelease = Pick<App, 'flows' | 'functions'>;

/** What a scheduler needs. */
export interface SchedulerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalogOf: CatalogOf;
  readonly starter: Pick<RunStarter, 'startAll'>;
  readonly releaseOf: (releaseId: string) => Promise<FlowsOfRelease>;
  /** Others of this process wait with what may wait until the answer is called: many schedules are due. */
  readonly makeWay: () => () => void;
  /** Runs can be taken. Called after the transaction that made them. */
  readonly announce: () => void;
}

/** Schedules taken in one transaction. */
const batchSize = 1000;
/** Schedules of one round: what announces them, and who stops, waits for no more than this. */
const roundSize = 10_000;
/** Runs started in one transaction, as far as several schedules are concerned. */
const maxRuns = 4000;
/**
 * On PostgreSQL so many transactions take what is due at the same time, each what the other has not: while the database
 * stores the runs of one, those of the other are made.
 */
const lanes = 3;
/** Less than this is done by one. */
const worthSharing = 100;
/** Another process may have stored a schedule that is due before ours: one look at an index. */
const lookMs = 1000;
const reconcileMs = 60_000;
/**
 * Runs are announced when all that is due was started, or after so long: workers of the same process would take the time in
 * which others become late.
 */
const announceMs = 1000;
/** The apps of what comes within this time are read before it does, in milliseconds; so many of them. */
const aheadReadMs = 15_000;
const maxReadAhead = 40;
/** A clock that was this much ahead has been set right since, in milliseconds. */
const aheadMs = 600_000;

/** Makes a scheduler. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { database, clock, log, catalogOf } = options;
  const read = createReader();
  const fireDue = async (): Promise<number> => {
    const releases = await listDueReleases(database.knex, clock.now(), roundSize);
    if (releases.length === 0) return 0;
    const until = Math.max(...releases.map((release) => release.until));
    const firing = { ...options, read, until, flows: await loadFlows(options, releases) };
    const count = releases.reduce((sum, release) => sum + release.schedules, 0);
    const atOnce = database.kind === 'postgres' && count >= worthSharing ? lanes : 1;
    const mostBatches = Math.ceil(count / batchSize);
    let batches = 0;
    let fired = 0;
    const lane = async (): Promise<void> => {
      while (batches < mostBatches) {
        batches += 1;
        const { moved, passedOver } = await database.transaction((transaction) => fire(firing, transaction));
        fired += moved;
        // Taken again, they would stand in the way of others for as long as their app is being published.
        for (const release of passedOver) firing.flows.delete(release);
        if (moved === 0 && passedOver.length === 0) return;
      }
    };
    const isDone = count >= worthSharing ? options.makeWay() : () => undefined;
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, lane)).finally(isDone);
    // None is left to itself: who stops waits for all.
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return fired;
  };
  const announce = async (): Promise<void> => {
    options.announce();
    if (database.kind === 'postgres') await noticeRuns(database.knex);
  };
  const reconcile = async (): Promise<void> => {
    for (const appId of await listUnscheduledApps(database.knex, 1000)) {
      await database
        .transaction((transaction) =>
          followStored(transaction, appId, { catalogOf, now: clock.now(), kind: database.kind }),
        )
        .catch((error: unknown) => log.error({ err: error, app: appId }, 'The schedules of an app cannot be read'));
    }
    const now = clock.now();
    const ahead = await listSchedulesAhead(database.knex, now + aheadMs);
    // Ticks that were made then are not made again: their runs have their keys.
    await moveSchedules(
      database.knex,
      database.kind,
      ahead.map((row) => ({ ...row, last_at: now, next_at: nextTick(read(row), now) ?? null })),
    );
  };
  return { fireDue, reconcile, ...createLoop(options, { fireDue, reconcile, announce }) };
}

type Rounds = Pick<Scheduler, 'fireDue' | 'reconcile'> & { readonly announce: () => Promise<void> };

function createLoop(options: SchedulerOptions, { fireDue, reconcile, announce }: Rounds) {
  const { database, clock, log } = options;
  const readAhead = createReadAhead(options);
  let isStopped = true;
  let isWoken = false;
  let endSleep: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || isStopped) endSleep();
      isWoken = false;
    });
  /** Rounds until nothing is due. Answers whether anything was. */
  const fireAll = async (): Promise<boolean> => {
    const began = performance.now();
    let hasFired = false;
    try {
      while (!isStopped && performance.now() - began < announceMs) {
        if ((await fireDue()) === 0) break;
        hasFired = true;
      }
    } finally {
      if (hasFired) await announce();
    }
    return hasFired;
  };
  /** One look; answers how long to sleep after it. */
  const look = async (): Promise<number> => {
    if (await fireAll()) return 0;
    await readAhead();
    const next = await nextDueAt(database.knex);
    // Due and still there: another process has it, or it is being published.
    return next === undefined ? lookMs : Math.min(lookMs, Math.max(next - clock.now(), 20));
  };
  const loop = async (): Promise<void> => {
    let reconciled = Number.NEGATIVE_INFINITY;
    while (!isStopped) {
      let pause = lookMs;
      try {
        if (performance.now() - reconciled > reconcileMs) {
          await reconcile();
          reconciled = performance.now();
        }
        pause = await look();
      } catch (error) {
        log.error({ err: error }, 'Schedules could not be looked at; they are again in a second');
      }
      if (pause > 0) await sleep(pause);
    }
  };
  const wake = (): void => {
    isWoken = true;
    endSleep();
  };
  return {
    wake,
    start() {
      isStopped = false;
      running = loop();
    },
    stop() {
      isStopped = true;
      wake();
      return running;
    },
  };
}

/** Reads apps shortly before their schedules are due: reading many that nobody has used for long takes a while. */
function createReadAhead({ database, clock, log, releaseOf }: SchedulerOptions): () => Promise<void> {
  let readUntil = 0;
  return async () => {
    const now = clock.now();
    // Nothing is read twice: each look but one in some seconds has nothing to ask.
    if (readUntil > now + aheadReadMs / 2 && readUntil <= now + aheadReadMs) return;
    const from = readUntil > now + aheadReadMs ? now : Math.max(readUntil, now);
    const releases = await listComingReleases(database.knex, { from, until: now + aheadReadMs, limit: maxReadAhead });
    readUntil = now + aheadReadMs;
    for (const release of releases) {
      await releaseOf(release).catch((error: unknown) => log.debug({ err: error, release }, 'Not read ahead'));
    }
  };
}

/**
 * The flows of releases with due schedules, read before the transaction: SQLite has one connection. Undefined: they cannot
 * be read.
 */
async function loadFlows(
  { releaseOf, log }: SchedulerOptions,
  releases: readonly DueRelease[],
): Promise<Map<string, FlowsOfRelease | undefined>> {
  const flows = new Map<string, FlowsOfRelease | undefined>();
  for (const { release_id: id, app_id: app } of releases) {
    const found = await releaseOf(id).catch((error: unknown) => {
      log.error({ err: error, app, release: id }, 'The scheduled flows of a release cannot be read');
      return undefined;
    });
    flows.set(id, found);
  }
  return flows;
}

interface Firing extends SchedulerOptions {
  /** The latest time of this round's ticks. */
  readonly until: number;
  readonly read: (row: ScheduleRow) => Schedule;
  /** By release: those of this round that are still to be taken. */
  readonly flows: Map<string, FlowsOfRelease | undefined>;
}

/** What one batch came to: how many schedules it moved on, and the releases that it could not have. */
interface Fired {
  readonly moved: number;
  readonly passedOver: readonly string[];
}

/**
 * Starts the runs of due schedules and moves these on, both or neither. Who holds a schedule's lock makes its ticks; the
 * key of each run makes sure of it even where a lock does not reach: a restored backup, a clock that was set back.
 */
async function fire(firing: Firing, transaction: StoreTransaction): Promise<Fired> {
  const { database, clock, log, read, flows, starter } = firing;
  const now = clock.now();
  const ticksAt = createTicksAt(now);
  const isShared = database.kind === 'postgres';
  const { due, passedOver } = await takeDueSchedules(
    transaction,
    { releases: [...flows.keys()], until: firing.until },
    { limit: batchSize, isShared },
  );
  const starts: RunStart[] = [];
  const moved: DueSchedule[] = [];
  const triggerOf = createTriggers(now);
  for (const row of due) {
    if (starts.length >= maxRuns) continue;
    const schedule = read(row);
    const { ticks, dropped } = ticksAt.missed(schedule, row.last_at);
    for (const tick of ticks)
      starts.push(startOf(row, { release: flows.get(row.release_id), trigger: triggerOf(tick) }));
    if (dropped !== undefined) {
      log.warn({ app: row.app_id, flow: row.flow_id, ...dropped }, 'More starts were missed than are made up for');
    }
    const gap = dropped === undefined ? undefined : { dropped_from: dropped.from, dropped_to: dropped.to };
    moved.push({ ...row, ...gap, last_at: now, next_at: ticksAt.next(schedule) });
  }
  await starter.startAll(transaction, starts, { isQuiet: true });
  await moveSchedules(transaction, database.kind, moved);
  return { moved: moved.length, passedOver };
}

/** What a run knows of its tick. */
type TickTrigger = {
  readonly scheduledAt: string;
  readonly firedAt: string;
  readonly isCatchUp: boolean;
};

/** Makes what starts the runs of each tick: one for all of them. */
function createTriggers(now: number): (tick: number) => TickTrigger {
  const known = new Map<number, TickTrigger>();
  const firedAt = new Date(now).toISOString();
  return (tick) => {
    const made = known.get(tick) ?? {
      scheduledAt: new Date(tick).toISOString(),
      firedAt,
      isCatchUp: tick < now - onTimeMs,
    };
    known.set(tick, made);
    return made;
  };
}

function startOf(
  row: DueSchedule,
  { release, trigger }: { readonly release: FlowsOfRelease | undefined; readonly trigger: TickTrigger },
): RunStart {
  const flow = release?.flows[row.flow_id];
  return {
    workspaceId: row.workspace_id,
    appId: row.app_id,
    version: row.release_id,
    environment: row.environment,
    ...(flow === undefined ? unreadableFlow(row.flow_id) : { flow, functions: release?.functions }),
    origin: 'schedule',
    user: null,
    trigger,
    // Copies of an app have the same flows: the key says whose tick it is.
    dedupeKey: `tick ${row.app_id} ${trigger.scheduledAt}`,
  };
}

/** Brings one app's schedules up to date with its live release, as it is now. */
async function followStored(
  transaction: StoreTransaction,
  appId: string,
  facts: { readonly catalogOf: CatalogOf; readonly now: number; readonly kind: Database['kind'] },
): Promise<void> {
  const id = (await lockApp(transaction, appId))?.live_release_id;
  if (id === undefined) return;
  const stored = id === null ? undefined : await readReleaseFiles(transaction, id);
  const release =
    id === null || stored === undefined
      ? undefined
      : { id, app: loadFrozen(stored, facts.catalogOf(stored.workspaceId), `Release ${id}`) };
  await followLive(transaction, { ...facts, appId, release });
}

/** Reads stored settings; the same ones are read once. */
function createReader(): (row: ScheduleRow) => Schedule {
  const known = new Map<string, Schedule>();
  return ({ settings }) => {
    const found = known.get(settings);
    if (found !== undefined) return found;
    const parsed = parseSchedule(JSON.parse(settings));
    if (!parsed.ok) throw bug(`A stored schedule cannot be read: ${parsed.error[0]?.message ?? ''}`);
    if (known.size >= 20_000) known.clear();
    known.set(settings, parsed.value);
    return parsed.value;
  };
}
