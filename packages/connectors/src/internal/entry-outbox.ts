import type { CallOptions, OutboxEntry, SessionOutbox } from '@fettle/sdk/server';
import type { SqlConnection } from '../sql/driver.ts';
import type { InternalEngine } from './engine.ts';

/** Entries per statement: two values each. */
const chunk = 200;

/** Keeps entries beside the rows of a workspace, in their transactions. */
export class EntryOutbox implements SessionOutbox {
  readonly isShared: boolean;
  readonly #engine: Pick<InternalEngine, 'driver' | 'dialect'>;
  readonly #table: string;
  readonly #ready: (options: CallOptions) => Promise<void>;

  constructor(
    engine: Pick<InternalEngine, 'driver' | 'dialect' | 'outbox'>,
    ready: (options: CallOptions) => Promise<void>,
  ) {
    this.#engine = engine;
    this.#table = engine.outbox.table;
    this.isShared = engine.outbox.isShared;
    this.#ready = ready;
  }

  async keep(connection: SqlConnection, entries: readonly OutboxEntry[]): Promise<void> {
    for (let start = 0; start < entries.length; start += chunk) {
      const part = entries.slice(start, start + chunk);
      const rows = part.map((_, index) => `(${this.#place(2 * index + 1)}, ${this.#place(2 * index + 2)})`);
      await connection.run(
        { text: `insert into ${this.#table} (id, content) values ${rows.join(', ')}` },
        part.flatMap(({ id, content }) => [id, content]),
      );
    }
  }

  async list(limit: number, options: CallOptions): Promise<readonly OutboxEntry[]> {
    await this.#ready(options);
    const text = `select id, content from ${this.#table} order by seq limit ${this.#place(1)}`;
    const { rows } = await this.#engine.driver.run({ text }, [limit], options);
    return rows.map(([id, content]) => ({ id: String(id), content: String(content) }));
  }

  async remove(ids: readonly string[], options: CallOptions): Promise<void> {
    await this.#ready(options);
    for (let start = 0; start < ids.length; start += chunk) {
      const part = ids.slice(start, start + chunk);
      const places = part.map((_, index) => this.#place(index + 1)).join(', ');
      await this.#engine.driver.run({ text: `delete from ${this.#table} where id in (${places})` }, part, options);
    }
  }

  #place(number: number): string {
    return this.#engine.dialect.placeholder(number);
  }
}
