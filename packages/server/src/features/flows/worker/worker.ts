import { createId, type Clock } from '@fettle/base';
import { cancelReason, RunReleased, type ClaimedRun, type PlayEnd } from '@fettle/flow';
import type { Database } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import type { RunSignals } from '../run-signals.ts';
import type { DatabaseRunStore } from '../run-store.ts';
import { extendLeases, listDueRuns, nextDueAt, releaseRun } from '../runs.store.ts';

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
   * Keeps a place for a run that is about to be stored: it is stored as taken by this worker and played at once, without
   * a look into the queue. Undefined when there is none, or when the worker does not work.
   */
  reserve(): Seat | undefined;
}

/** A place that a worker keeps. Either `play` or `release` ends it. */
export interface Seat {
  readonly worker: string;
  readonly leaseMs: number;
  play(run: ClaimedRun): void;
  release(): void;
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

class RunWorker implements Worker {
  readonly #options: WorkerOptions;
  readonly #name = createId('wrk', 12);
  readonly #capacity: number;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #active = new Map<string, Active>();
  #reserved = 0;
  #looking: Promise<void> | undefined;
  #isWanted = false;
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

  reserve(): Seat | undefined {
    if (this.#isStopped || this.#active.size + this.#reserved >= this.#capacity) return undefined;
    this.#reserved += 1;
    let isOpen = true;
    const end = (): void => {
      if (isOpen) this.#reserved -= 1;
      isOpen = false;
    };
    return {
      worker: this.#name,
      leaseMs: this.#leaseMs,
      play: (run) => {
        end();
        this.#begin(run, true);
      },
      release: end,
    };
  }

  start(): void {
    this.#isStopped = false;
    const { signals } = this.#options;
    const stops = [
      signals.onAnnounced(() => this.#look()),
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

  /** Looks for runs now, or once more when it is looking already. */
  #look(): void {
    this.#isWanted = true;
    if (this.#looking !== undefined || this.#isStopped) return;
    this.#looking = this.#takeAll().finally(() => {
      this.#looking = undefined;
      if (this.#isWanted && this.#active.size + this.#reserved < this.#capacity) this.#look();
    });
  }

  async #takeAll(): Promise<void> {
    const { database, clock, log } = this.#options;
    clearTimeout(this.#timer);
    let pause = this.#pollMs;
    try {
      while (this.#isWanted && !this.#isStopped && this.#active.size + this.#reserved < this.#capacity) {
        this.#isWanted = false;
        // Runs whose flow has enough under way stay due: look past them.
        const due = await listDueRuns(database.knex, clock.now(), this.#capacity * 4);
        for (const id of due) {
          if (this.#isStopped || this.#active.size + this.#reserved >= this.#capacity) break;
          if (!this.#active.has(id)) await this.#take(id);
        }
      }
      const next = await nextDueAt(database.knex);
      if (next !== undefined) pause = Math.min(pause, Math.max(next - clock.now(), 5));
    } catch (error) {
      log.error({ err: error }, 'Runs of flows could not be taken');
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#look(), pause).unref();
  }

  async #take(id: string): Promise<void> {
    const { store } = this.#options;
    const run = await store.claim(id, { name: this.#name, leaseMs: this.#leaseMs });
    if (run !== undefined) this.#begin(run, false);
  }

  #begin(run: ClaimedRun, isSeated: boolean): void {
    const controller = new AbortController();
    // It was stored while the worker stopped: it goes back at once.
    if (this.#isStopped) controller.abort(new RunReleased());
    const done = this.#play(run, controller.signal).then((isOver) => {
      this.#active.delete(run.id);
      // What ended may have woken others, what waits is due some time, and some may have been left for want of room.
      // A run that came past the queue has woken nobody.
      if (!isSeated || !isOver || this.#active.size + this.#reserved >= this.#capacity - 1) this.#look();
    });
    this.#active.set(run.id, { run, controller, done });
  }

  /** True when the run has ended. Never rejects. */
  async #play(run: ClaimedRun, signal: AbortSignal): Promise<boolean> {
    const { database, log, play, signals } = this.#options;
    try {
      const { state } = await play(run, signal);
      if (state === 'released') await releaseRun(database.knex, { id: run.id, fence: run.fence });
      else if (state !== 'lost' && state !== 'waiting') {
        signals.ended(run.id);
        return true;
      }
    } catch (error) {
      // Its lease runs out and somebody takes it again; until then nothing is known of it.
      log.error({ err: error, run: run.id }, 'A run could not be played');
    }
    return false;
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
