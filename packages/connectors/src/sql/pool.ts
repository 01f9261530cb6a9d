import { AppError } from '@fettle/base';
import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import { refuseAborted, watchCall } from './watch.ts';

/** How a pool makes and ends its connections. */
export interface PoolOptions<C> {
  readonly open: () => Promise<C>;
  readonly close: (connection: C) => Promise<void> | void;
  readonly limits: ConnectorContext['limits'];
}

interface Waiter<C> {
  readonly resolve: (connection: C) => void;
  readonly reject: (error: unknown) => void;
}

/** A bounded set of connections: opened when first needed, shared in turn, closed when idle. */
export class Pool<C extends object> {
  readonly #options: PoolOptions<C>;
  readonly #idle: { readonly connection: C; readonly since: number }[] = [];
  readonly #waiting: Waiter<C>[] = [];
  #size = 0;
  #closed = false;
  #sweeper: ReturnType<typeof setInterval> | undefined;

  constructor(options: PoolOptions<C>) {
    this.#options = options;
  }

  /** Connections that exist or are being opened. */
  get size(): number {
    return this.#size;
  }

  /** An idle connection, at once, if there is one. */
  take(): C | undefined {
    return this.#idle.pop()?.connection;
  }

  /** A connection as soon as one is free. Waiting ends with the limits of the call. */
  async acquire(options: CallOptions): Promise<C> {
    refuseAborted(options);
    const idle = this.take();
    if (idle !== undefined) return idle;
    if (this.#closed) throw closedError();
    if (this.#size < this.#options.limits.maxConnections) void this.#grow();
    return await new Promise<C>((resolve, reject) => {
      const waiter: Waiter<C> = {
        resolve: (connection) => {
          watch.end();
          resolve(connection);
        },
        reject: (error) => {
          watch.end();
          reject(error);
        },
      };
      const watch = watchCall(options, () => {
        const position = this.#waiting.indexOf(waiter);
        if (position !== -1) this.#waiting.splice(position, 1);
        reject(watch.reason);
      });
      this.#waiting.push(waiter);
    });
  }

  /** Gives a connection back. A broken one is closed, and another opened if somebody waits. */
  release(connection: C, isBroken = false): void {
    if (isBroken || this.#closed) {
      this.#size -= 1;
      void Promise.resolve(this.#options.close(connection)).catch(() => undefined);
      if (!this.#closed && this.#waiting.length > 0) void this.#grow();
      return;
    }
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) {
      waiter.resolve(connection);
      return;
    }
    this.#idle.push({ connection, since: performance.now() });
    this.#sweeper ??= this.#startSweeping();
  }

  /** Forgets an idle connection that ended by itself. */
  forget(connection: C): void {
    const position = this.#idle.findIndex((entry) => entry.connection === connection);
    if (position === -1) return;
    this.#idle.splice(position, 1);
    this.#size -= 1;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const waiter of this.#waiting.splice(0)) waiter.reject(closedError());
    const idle = this.#idle.splice(0);
    this.#size -= idle.length;
    await Promise.allSettled(idle.map(async ({ connection }) => this.#options.close(connection)));
  }

  async #grow(): Promise<void> {
    this.#size += 1;
    try {
      this.release(await this.#options.open());
    } catch (error) {
      this.#size -= 1;
      // Nobody else will open one for those who wait, so they share this failure.
      if (this.#size === 0) for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
      else this.#waiting.shift()?.reject(error);
    }
  }

  #startSweeping(): ReturnType<typeof setInterval> {
    const { idleTimeoutMs } = this.#options.limits;
    const sweeper = setInterval(() => this.#sweep(idleTimeoutMs), Math.max(50, idleTimeoutMs / 2));
    sweeper.unref();
    return sweeper;
  }

  #sweep(idleTimeoutMs: number): void {
    const oldest = performance.now() - idleTimeoutMs;
    // The list is a stack: those at its bottom have been idle the longest.
    while (this.#idle[0] !== undefined && this.#idle[0].since <= oldest) {
      const entry = this.#idle.shift();
      if (entry !== undefined) this.release(entry.connection, true);
    }
    if (this.#idle.length > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }
}

function closedError(): AppError {
  return new AppError('unavailable', {
    code: 'data.closed',
    message: 'The data source was closed while the request was waiting.',
    hint: 'Its settings were changed or the server is stopping. Try again.',
  });
}
