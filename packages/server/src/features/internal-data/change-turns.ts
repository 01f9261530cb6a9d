import type { Database } from '../../database/database.ts';
import { Gate } from '../data-sources/gate.ts';

/**
 * Connections that hold a turn while the change takes others: few, so that changes of many data sources at once cannot
 * take all there are and wait for each other's.
 */
const mostHeld = { concurrency: 2, queue: 1000, waitMs: 120_000 };

/** One change at a time per data source, of all servers on one store: each looks at the structure the one before left. */
export class ChangeTurns {
  readonly #database: Pick<Database, 'kind' | 'transaction'>;
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #held = new Gate(mostHeld);

  constructor(database: Pick<Database, 'kind' | 'transaction'>) {
    this.#database = database;
  }

  /** Runs work when its turn comes. */
  take<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(id) ?? Promise.resolve();
    const running = before.catch(() => undefined).then(() => this.#amongServers(id, work));
    const settled = running
      .catch(() => undefined)
      .finally(() => {
        if (this.#queues.get(id) === settled) this.#queues.delete(id);
      });
    this.#queues.set(id, settled);
    return running;
  }

  /** SQLite is one server's alone. */
  #amongServers<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (this.#database.kind === 'sqlite') return work();
    return this.#held.run(() =>
      this.#database.transaction(async (transaction) => {
        // Given back with the transaction, also when this server dies.
        await transaction.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`fettle structure ${id}`]);
        return work();
      }),
    );
  }
}
