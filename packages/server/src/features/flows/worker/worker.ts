import { createId, type Clock } from '@fettle/base';
import { cancelReason, FenceLostError, RunReleased, type ClaimedRun, type PlayEnd, type RunError } from '@fettle/flow';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { RunClaim } from '../start-run.ts';
import type { RunSignals } from '../run-signals.ts';
import type { DatabaseRunStore, TakenRun } from '../run-store.ts';
import { mostLosses, unplayable, workersLost } from './unplayable.ts';
import { listDueRuns, nextDueAt } from '../due-runs.store.ts';
import { extendLeases, releaseRun } from '../runs.store.ts';

/** Plays one claimed run until it ends, waits, or `signal` takes it away. */
export type Play = (run: ClaimedRun, signal: AbortSignal) => Promise<PlayEnd>;

/** What a worker needs. */
export interface WorkerOptions {
  readonly database: Database;
  readonly store: DatabaseRunStore;
  readonly signals: RunSignals;
  readonly clock: Clock;
  readonly log: Log;
  readonly play: Play;
  /** Runs at once. */
  readonly capacity?: number;
  /** How long a run stays with a worker that is not heard of, in milliseconds. */
  readonly leaseMs?: number;
  /** Longest time between two looks for runs that nobody announced to this process, in milliseconds. */
  readonly pollMs?: number;
}

/** Takes runs that are due and plays them. Any number of workers may work on one store. */
export interface Worker {
  start(): void;
  /** Gives all runs back and resolves when they are given back. */
  stop(): Promise<void>;
  /** How many runs it plays now. */
  active(): number;
  /**
   * Keeps a place for a run that is started in this process, beside those for runs that were queued; undefined when
   * there is none. What is started with its claim needs no looking for.
   */
  reserve(): Seat | undefined;
  /**
   * Takes nothing from the queue until the answer is called: what must be on time has the process and the database to
   * itself. What is played already, and what is started with a claim, goes on.
   */
  hold(): () => void;
}

/** A place for one run at a worker. */
export interface Seat {
  readonly claim: RunClaim;
  /** Plays the run that was started with the claim. */
  play(run: ClaimedRun): void;
  /** Gives the place back when nothing is played there. */
  leave(): void;
}

/** Makes a worker. */
export function createWorker(options: WorkerOptions): Worker {
  return new RunWorker(options);
}

interface Active {
  readonly run: ClaimedRun;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Limits without room that one look goes past. */
const mostFull = 500;

class RunWorker implements Worker {
  readonly #options: WorkerOptions;
  readonly #name = createId('wrk', 12);
  readonly #capacity: number;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #active = new Map<string, Active>();
  /** Runs that it found queued; those that were started with a claim count apart, so that neither starve. */
  #taken = 0;
  #seated = 0;
  #looking: Promise<void> | undefined;
  #isWanted = false;
  /** Until when announcements wait, by the clock of the process. */
  #restUntil = 0;
  #holds = 0;
  #isStopped = true;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? 16;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#pollMs = options.pollMs ?? 1_000;
  }

  active(): number {
    return this.#active.size;
  }

  start(): void {
    this.#isStopped = false;
    const { signals } = this.#options;
    const stops = [
      signals.onAnnounced(() => this.#hear()),
      signals.onCancel((id) => this.#active.get(id)?.controller.abort(cancelReason)),
    ];
    this.#unsubscribe = () => stops.forEach((stop) => stop());
    this.#heartbeat = setInterval(() => void this.#beat(), this.#leaseMs / 3).unref();
    this.#look();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    await this.#looking;
    for (const { controller } of this.#active.values()) controller.abort(new RunReleased());
    await Promise.all([...this.#active.values()].map(({ done }) => done));
  }

  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
      this.#look();
    };
  }

  #mayTake(): boolean {
    return !this.#isStopped && this.#holds === 0 && this.#taken < this.#capacity;
  }

  /** Somebody says that there are runs. */
  #hear(): void {
    const rest = this.#restUntil - performance.now();
    if (rest <= 0) {
      this.#look();
      return;
    }
    if (this.#looking !== undefined || this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), rest).unref();
  }

  /** Looks for runs now, or once more when it is looking already. */
  #look(): void {
    this.#isWanted = true;
    if (this.#looking !== undefined || this.#isStopped || this.#holds > 0) return;
    this.#looking = this.#takeAll().finally(() => {
      this.#looking = undefined;
      if (this.#isWanted && this.#mayTake()) this.#look();
    });
  }

  async #takeAll(): Promise<void> {
    const { database, clock, log } = this.#options;
    clearTimeout(this.#timer);
    let pause = this.#pollMs;
    const began = performance.now();
    let tookAny = false;
    try {
      // Runs whose flow has enough under way stay due: look past them, however many there are.
      const full = new Set<string>();
      const batch = this.#capacity * 4;
      while (this.#isWanted && this.#mayTake()) {
        this.#isWanted = false;
        const due = await listDueRuns(database.knex, clock.now(), batch, [...full]);
        const isPast = full.size > 0;
        let tookOne = false;
        for (const { id, concurrency_key: key } of due) {
          if (!this.#mayTake()) break;
          if (key !== null && full.has(key)) continue;
          if (!this.#active.has(id)) tookOne = (await this.#take(id, full)) || tookOne;
        }
        tookAny ||= tookOne;
        // A whole batch may have been such runs, or runs that are held from now on; behind them only the first run of
        // each key is seen.
        if ((due.length === batch && full.size < mostFull) || (isPast && tookOne)) this.#isWanted = true;
      }
      // Each run that joins a long queue without room is announced. Looks past such a queue, which find nothing, must not
      // take the time of everything else.
      const lasted = performance.now() - began;
      this.#restUntil = tookAny || full.size === 0 ? 0 : performance.now() + Math.min(20 * lasted, this.#pollMs);
      const next = await nextDueAt(database.knex);
      if (next !== undefined) pause = Math.min(pause, Math.max(next - clock.now(), 5));
    } catch (error) {
      log.error({ err: error }, 'Runs of flows could not be taken');
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#look(), pause).unref();
  }

  async #take(id: string, full: Set<string>): Promise<boolean> {
    const { store } = this.#options;
    const onFull = (key: string): void => void full.add(key);
    const run = await store.claim(id, { name: this.#name, leaseMs: this.#leaseMs, onFull });
    if (run === undefined) return false;
    this.#taken += 1;
    this.#begin(run, () => {
      this.#taken -= 1;
      this.#look();
    });
    return true;
  }

  reserve(): Seat | undefined {
    if (this.#isStopped || this.#seated >= this.#capacity) return undefined;
    this.#seated += 1;
    let isLeft = false;
    const leave = (): void => {
      if (!isLeft) this.#seated -= 1;
      isLeft = true;
    };
    let isPlayed = false;
    return {
      claim: { worker: this.#name, leaseUntil: this.#options.clock.now() + this.#leaseMs },
      play: (run) => {
        isPlayed = true;
        this.#begin(run, (state) => {
          leave();
          // A run that waits may be due before the worker looks by itself.
          if (state === 'waiting' || state === 'released') this.#look();
        });
      },
      leave: () => {
        if (!isPlayed) leave();
      },
    };
  }

  #begin(run: ClaimedRun & Partial<TakenRun>, afterwards: (state: PlayEnd['state'] | undefined) => void): void {
    const controller = new AbortController();
    // Started while the worker stopped: given back like those that it was playing.
    if (this.#isStopped) controller.abort(new RunReleased());
    const done = this.#play(run, controller.signal).then((state) => {
      this.#active.delete(run.id);
      afterwards(state);
    });
    this.#active.set(run.id, { run, controller, done });
  }

  async #play(run: ClaimedRun & Partial<TakenRun>, signal: AbortSignal): Promise<PlayEnd['state'] | undefined> {
    const { database, log, play, signals } = this.#options;
    const { losses = 0 } = run;
    try {
      // Whoever plays it goes down with it: it is not tried on yet another one.
      if (losses >= mostLosses) return await this.#giveUp(run, workersLost(losses));
      const { state } = await play(run, signal);
      if (state === 'released') await releaseRun(database.knex, { id: run.id, fence: run.fence });
      else if (state !== 'lost' && state !== 'waiting') signals.ended(run.id);
      return state;
    } catch (error) {
      // Its lease runs out and somebody takes it again; until then nothing is known of it.
      log.error({ err: error, run: run.id }, 'A run could not be played');
      if (losses + 1 < mostLosses) return undefined;
      return this.#giveUp(run, unplayable(error)).catch((failure: unknown) => {
        log.error({ err: failure, run: run.id }, 'A run that cannot be played could not be ended');
        return undefined;
      });
    }
  }

  /** Ends a run that cannot be played: it is a dead letter then, and somebody sees it. */
  async #giveUp(run: ClaimedRun, error: RunError): Promise<PlayEnd['state']> {
    const { log, signals, store } = this.#options;
    log.error({ run: run.id, error }, 'A run is given up');
    try {
      await store.commit(run.id, run.fence, { entries: [], outcome: { state: 'failed', error } });
    } catch (failure) {
      if (failure instanceof FenceLostError) return 'lost';
      throw failure;
    }
    signals.ended(run.id);
    return 'failed';
  }

  /** Keeps the leases of what it plays, and hears who wants which cancelled. */
  async #beat(): Promise<void> {
    const { database, clock, log } = this.#options;
    const ids = [...this.#active.keys()];
    if (ids.length === 0) return;
    try {
      const leaseUntil = clock.now() + this.#leaseMs;
      const held = await extendLeases(database.knex, { worker: this.#name, ids, leaseUntil });
      const kept = new Map(held.map(({ id, isCancelRequested }) => [id, isCancelRequested]));
      for (const id of ids) {
        const active = this.#active.get(id);
        if (kept.get(id) === true) active?.controller.abort(cancelReason);
        // Another worker has it: what this one still does must not count, and its writes are refused anyway.
        else if (!kept.has(id)) active?.controller.abort(new RunReleased());
      }
    } catch (error) {
      log.error({ err: error }, 'The leases of runs could not be extended');
    }
  }
}
