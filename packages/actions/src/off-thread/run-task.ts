import { Worker } from 'node:worker_threads';
import { AppError, bug } from '@fettle/base';
import type { FromThread, ThreadStart, ToThread } from './protocol.ts';
import { tasks, type TaskName } from './tasks.ts';

/** Work that may be too much for the server's thread. */
export interface WorkOrder {
  readonly task: TaskName;
  readonly options: unknown;
  /** Parts that the task asks for one by one. */
  readonly input?: AsyncIterable<unknown> | Iterable<unknown>;
  /** Small work is done here: a thread takes longer to start than it to finish. */
  readonly isSmall: boolean;
  readonly signal: AbortSignal;
  /** Heap of the thread, in megabytes. What needs more is stopped. */
  readonly memoryMegabytes?: number;
}

// A built server has the thread as a file beside its own.
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './action-thread.js', import.meta.url);
const atOnce = 2;
const waiting = new Set<() => void>();
let taken = 0;

/** Does the work in a thread of its own, and gives its parts as they come. Ends the thread when nobody wants more. */
export async function* runTask(order: WorkOrder): AsyncGenerator<unknown, void> {
  const { task, options, input = [], isSmall, signal } = order;
  signal.throwIfAborted();
  if (isSmall) {
    const run = await tasks[task]();
    for await (const part of run(options as never, asyncOf(input) as never)) {
      signal.throwIfAborted();
      yield part;
    }
    return;
  }
  await enter(signal);
  try {
    yield* inThread(order);
  } finally {
    leave();
  }
}

/** Waits for a seat: threads share the machine with the server. */
async function enter(signal: AbortSignal): Promise<void> {
  while (taken >= atOnce) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        waiting.delete(onTurn);
        reject(signal.reason as Error);
      };
      const onTurn = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      waiting.add(onTurn);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
  taken += 1;
}

function leave(): void {
  taken -= 1;
  const [next] = waiting;
  if (next === undefined) return;
  waiting.delete(next);
  next();
}

async function* asyncOf(parts: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> {
  yield* parts;
}

async function* inThread({ task, options, input = [], signal, memoryMegabytes = 512 }: WorkOrder) {
  const worker = new Worker(threadFile, {
    workerData: { task, options } satisfies ThreadStart,
    name: `fettle-${task}`,
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 32 },
  });
  const source = asyncOf(input)[Symbol.asyncIterator]();
  // A task may ask for input ahead of what is taken from it, so that two messages can be under way.
  const arrived: FromThread[] = [];
  let wake: () => void = () => undefined;
  let stop: (error: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  stopped.catch(() => undefined);
  const onAbort = (): void => stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  worker.on('message', (message: FromThread) => {
    arrived.push(message);
    wake();
  });
  worker.on('error', (error) => stop(translate(error)));
  worker.on('exit', () => stop(bug(`The thread of ${task} ended by itself.`)));
  const say = (message: ToThread): void => worker.postMessage(message);
  const hear = async (): Promise<FromThread> => {
    for (;;) {
      const message = arrived.shift();
      if (message !== undefined) return message;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // oxlint-disable-next-line no-await-in-loop
      await Promise.race([woken, stopped]);
    }
  };
  try {
    say({ kind: 'next' });
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const message = await hear();
      if (message.kind === 'end') return;
      if (message.kind === 'error') throw revive(message.error);
      if (message.kind === 'output') {
        yield message.part;
        say({ kind: 'next' });
        continue;
      }
      // oxlint-disable-next-line no-await-in-loop
      const next = await Promise.race([source.next(), stopped]);
      say(next.done === true ? { kind: 'inputEnd' } : { kind: 'input', part: next.value });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    worker.removeAllListeners('exit');
    await worker.terminate();
    await source.return?.();
  }
}

function revive({ known, message }: Extract<FromThread, { kind: 'error' }>['error']): AppError {
  if (known === undefined) return bug(`Work outside the server's thread failed: ${message}`);
  const { kind, ...rest } = known;
  return new AppError(kind, rest);
}

function translate(error: unknown): unknown {
  if ((error as { code?: string }).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new AppError('too-large', {
    code: 'work.memory',
    message: 'This needs more memory than a step may use.',
    hint: 'Work on less at once: split the file, or take fewer rows.',
  });
}
