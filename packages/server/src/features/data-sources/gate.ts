import { AppError } from '@fettle/base';

/** How much one data source may take of the server. */
export interface GateLimits {
  /** Calls at the same time. */
  readonly concurrency: number;
  /** Calls that may wait for their turn; more are refused at once. */
  readonly queue: number;
  /** How long a call waits at most, in milliseconds. */
  readonly waitMs: number;
}

interface Waiter {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

const asItIs = (error: unknown): unknown => error;

/**
 * A bulkhead: each data source has its own, so a slow one fills its own queue and fails fast, and never takes the
 * place of others. When there is room, a call starts at once, without a promise in between.
 */
export class Gate {
  readonly #limits: GateLimits;
  readonly #clean: (error: unknown) => unknown;
  #waiting: Waiter[] = [];
  #active = 0;

  /** `clean` is what becomes of the errors of calls. */
  constructor(limits: GateLimits, clean = asItIs) {
    this.#limits = limits;
    this.#clean = clean;
  }

  /** Calls that run or wait. */
  get load(): number {
    return this.#active + this.#waiting.length;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#active < this.#limits.concurrency) return this.#start(work);
    if (this.#waiting.length >= this.#limits.queue) return Promise.reject(busy());
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        reject(busy());
      }, this.#limits.waitMs);
      const waiter: Waiter = { start: () => this.#start(work).then(resolve, reject), timer };
      this.#waiting.push(waiter);
    });
  }

  /** Takes a place for as long as a stream runs. Call the answer once to give it back. */
  async enter(): Promise<() => void> {
    let leave: () => void = () => undefined;
    await new Promise<void>((resolve, reject) => {
      this.run(() => {
        resolve();
        return new Promise<void>((done) => {
          leave = done;
        });
      }).catch(reject);
    });
    return leave;
  }

  #start<T>(work: () => Promise<T>): Promise<T> {
    this.#active += 1;
    let running: Promise<T>;
    try {
      running = work();
    } catch (error) {
      this.#leave();
      return Promise.reject(this.#clean(error) as Error);
    }
    return running.then(
      (value) => {
        this.#leave();
        return value;
      },
      (error: unknown) => {
        this.#leave();
        throw this.#clean(error);
      },
    );
  }

  #leave(): void {
    this.#active -= 1;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    clearTimeout(next.timer);
    next.start();
  }
}

function busy(): AppError {
  return new AppError('unavailable', {
    code: 'data.busy',
    message: 'The data source is busy: too many calls are waiting for it.',
    hint: 'Try again in a moment. If it stays so, look at what makes the data source slow.',
  });
}
