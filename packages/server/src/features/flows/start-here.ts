import type { RunSignals } from './run-signals.ts';
import type { RunStart, RunStarter, StartedRow } from './start-run.ts';
import type { Worker } from './worker/worker.ts';

/** Starts a run, and plays it in this process at once where the worker has room. Announces it otherwise. */
export type StartHere = (start: RunStart) => Promise<Omit<StartedRow, 'claimed'>>;

/**
 * Makes it. Somebody waits for such a run: it is stored as taken by the worker of this process, which saves every look
 * into the queue. One whose flow is paused is stored as held instead, by the same statement. Should the process end, its
 * lease runs out and another worker takes it, as with any run.
 */
export function createStartHere(parts: {
  readonly starter: RunStarter;
  readonly worker: Pick<Worker, 'reserve'>;
  readonly signals: Pick<RunSignals, 'announce'>;
}): StartHere {
  const { starter, worker, signals } = parts;
  return async (start) => {
    const { concurrency, rateLimit } = start.flow;
    const seat = concurrency === undefined && rateLimit === undefined ? worker.reserve() : undefined;
    if (seat === undefined) {
      const run = await starter.startAlone(start);
      if (run.isNew && !run.isHeld) signals.announce();
      return run;
    }
    try {
      const { claimed, ...run } = await starter.startAlone({ ...start, claim: seat.claim });
      if (claimed === undefined) seat.leave();
      else seat.play(claimed);
      return run;
    } catch (error) {
      seat.leave();
      throw error;
    }
  };
}
