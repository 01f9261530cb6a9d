import { AppError } from '@fettle/base';
import type { FlowSourceContext, SourceEvent } from '@fettle/sdk/server';

/** What was pushed, and how it is acknowledged once it is stored. */
export interface PushedEvent extends SourceEvent {
  readonly acknowledge?: () => void | Promise<void>;
  /** Gives it back when it was not stored, where the other side would otherwise wait before it sends it again. */
  readonly giveBack?: () => void;
}

/** Collects what is pushed. */
export interface Batches {
  add(event: PushedEvent): void;
  /** Rejects when something could not be stored or acknowledged; resolves when the signal fires: nothing is taken then. */
  readonly ended: Promise<void>;
  /** Resolves when everything that was added is stored and acknowledged. */
  settled(): Promise<void>;
}

/** Events per transaction. */
const largestBatch = 100;
/** What waits at most. Sides that can be told to hold back never come so far. */
const mostWaiting = 20_000;

/**
 * Stores what is pushed one by one in batches: while one is stored, the next one gathers. Alone, an event is stored at
 * once. Each is acknowledged after the transaction that has its run.
 */
export function createBatches({ deliver, signal }: Pick<FlowSourceContext, 'deliver' | 'signal'>): Batches {
  const waiting: PushedEvent[] = [];
  const over = Promise.withResolvers<void>();
  over.promise.catch(() => undefined);
  let working: Promise<void> | undefined;
  let isOver = false;
  /** Nothing more is taken; what was taken is stored still, unless storing failed. */
  const end = (): void => {
    isOver = true;
    over.resolve();
  };
  const fail = (error: unknown, taken: readonly PushedEvent[] = []): void => {
    isOver = true;
    for (const { giveBack } of [...taken, ...waiting.splice(0)]) giveBack?.();
    over.reject(error as Error);
  };
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, largestBatch);
      try {
        await deliver({ events: batch.map(({ key, trigger }) => ({ key, trigger })) });
      } catch (error) {
        return fail(error, batch);
      }
      for (const { acknowledge } of batch) await acknowledge?.();
    }
  };
  const start = (): void => {
    working ??= work()
      .catch(fail)
      .finally(() => {
        working = undefined;
        if (waiting.length > 0) start();
      });
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return {
    ended: over.promise,
    add(event) {
      if (isOver) return event.giveBack?.();
      if (waiting.length >= mostWaiting) return fail(tooMany());
      waiting.push(event);
      start();
    },
    settled: async () => {
      while (working !== undefined) await working;
    },
  };
}

const tooMany = () =>
  new AppError('too-many', {
    code: 'source.too-many',
    message: 'More comes than can be stored.',
    hint: 'Let the other side send less at once. It is connected again by itself.',
  });
