import { AppError, timeoutError } from '@fettle/base';
import type { CallOptions } from '@fettle/sdk/server';

/** How often running calls are looked at. Limits are kept to within this time. */
const tickMs = 25;

interface Watched {
  readonly options: CallOptions;
  readonly deadline: number;
  readonly cancel: () => void;
  reason: AppError | undefined;
}

const running = new Set<Watched>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Watches a running call: one shared timer looks at the deadlines and abort signals of all of them, which is cheaper
 * than a timer and a listener per call. `cancel` is called once, when a limit is reached.
 */
export function watchCall(options: CallOptions, cancel: () => void): Watch {
  const entry: Watched = { options, deadline: performance.now() + options.timeoutMs, cancel, reason: undefined };
  running.add(entry);
  timer ??= setInterval(lookAtAll, tickMs);
  return new Watch(entry);
}

/** The watch over one call. */
export class Watch {
  readonly #entry: Watched;

  constructor(entry: Watched) {
    this.#entry = entry;
  }

  /** Why the call was cancelled, if it was. */
  get reason(): AppError | undefined {
    return this.#entry.reason;
  }

  /** The call is over, however it ended. */
  end(): void {
    running.delete(this.#entry);
  }
}

/** Throws when the call was aborted before it began. */
export function refuseAborted(options: CallOptions): void {
  if (options.signal.aborted) throw abortReason(options.signal);
}

function lookAtAll(): void {
  if (running.size === 0) {
    clearInterval(timer);
    timer = undefined;
    return;
  }
  const now = performance.now();
  for (const entry of running) {
    const isAborted = entry.options.signal.aborted;
    if (!isAborted && now < entry.deadline) continue;
    running.delete(entry);
    entry.reason = isAborted ? abortReason(entry.options.signal) : expired(entry.options.timeoutMs);
    entry.cancel();
  }
}

function abortReason(signal: AbortSignal): AppError {
  const reason: unknown = signal.reason;
  if (reason instanceof AppError) return reason;
  return timeoutError({ code: 'data.cancelled', message: 'The request was cancelled.' });
}

/** The error of a call that ran out of time. */
export function expired(timeoutMs: number): AppError {
  return timeoutError({
    code: 'data.timeout',
    message: `The data source did not answer within ${timeoutMs / 1000} seconds, so the work was cancelled there.`,
    hint: 'Ask for less (a filter, fewer rows), add an index, or raise the time limit.',
  });
}
