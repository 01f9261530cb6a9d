import { conflict } from '@fettle/base';
import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import type { CustomResult, CustomStatement, SqlConnection, SqlDriver, SqlResult, Statement } from '../sql/driver.ts';
import { Pool } from '../sql/pool.ts';
import { refuseAborted, watchCall } from '../sql/watch.ts';
import { SqliteConnection } from './connection.ts';
import { readCustomRows } from './custom-rows.ts';
import { translateSqliteError } from './errors.ts';

/** Which file, and how it is used. */
export interface SqliteTarget {
  readonly file: () => Promise<string>;
  readonly readOnly: boolean;
}

/** Threads that read, besides the one that writes. */
const maxReaders = 2;

/** A thread takes 11 MB and starts within 20 ms: it is not worth keeping for longer than people take between clicks. */
const threadIdleMs = 3000;

/** Processes for statements of builders. */
const maxProcesses = 2;

/** Speaks to a SQLite file through worker threads (one that writes, a few that read) and processes for custom SQL. */
export class SqliteDriver implements SqlDriver {
  readonly #writers: Pool<SqliteConnection>;
  readonly #readers: Pool<SqliteConnection>;
  readonly #processes: Pool<SqliteConnection>;

  constructor(target: SqliteTarget, context: ConnectorContext) {
    const open = (readOnly: boolean, start: typeof SqliteConnection.inThread) => async () => {
      const file = await target.file();
      return start({ file, readOnly: readOnly || target.readOnly, busyTimeoutMs: 5000 });
    };
    const close = (connection: SqliteConnection): void => connection.end();
    const { limits } = context;
    const readers = Math.max(1, Math.min(maxReaders, limits.maxConnections - 1));
    const { inThread, inProcess } = SqliteConnection;
    const threads = { ...limits, idleTimeoutMs: Math.min(limits.idleTimeoutMs, threadIdleMs) };
    this.#writers = new Pool({ open: open(false, inThread), close, limits: { ...threads, maxConnections: 1 } });
    this.#readers = new Pool({ open: open(true, inThread), close, limits: { ...threads, maxConnections: readers } });
    this.#processes = new Pool({
      open: open(false, inProcess),
      close,
      limits: { ...limits, maxConnections: maxProcesses },
    });
  }

  async run(statement: Statement, parameters: readonly unknown[], options: CallOptions): Promise<SqlResult> {
    refuseAborted(options);
    const pool = isRead(statement.text) ? this.#readers : this.#writers;
    return this.#use(pool, options, (connection) => connection.send({ kind: 'run', text: statement.text, parameters }));
  }

  async transaction<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#use(this.#writers, options, async (connection) => {
      const run = ({ text }: Statement, parameters: readonly unknown[]): Promise<SqlResult> =>
        connection.send({ kind: 'run', text, parameters });
      await run({ text: 'begin immediate' }, []);
      try {
        const answer = await work({ run });
        await run({ text: 'commit' }, []);
        return answer;
      } catch (error) {
        if (!connection.isBroken) await run({ text: 'rollback' }, []).catch(() => undefined);
        throw error;
      }
    });
  }

  /** A transaction that may rebuild tables: links are not enforced within it, but must hold at its end. */
  async rebuild<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#use(this.#writers, options, async (connection) => {
      const run = ({ text }: Statement, parameters: readonly unknown[]): Promise<SqlResult> =>
        connection.send({ kind: 'run', text, parameters });
      const send = (text: string) => run({ text }, []);
      await send('pragma foreign_keys = OFF');
      try {
        await send('begin immediate');
        const answer = await work({ run });
        const broken = await send('select * from pragma_foreign_key_check');
        if (broken.rows.length > 0) throw brokenLinks(broken.rows.length);
        await send('commit');
        return answer;
      } catch (error) {
        if (!connection.isBroken) await send('rollback').catch(() => undefined);
        throw error;
      } finally {
        if (!connection.isBroken) await send('pragma foreign_keys = ON');
      }
    });
  }

  async custom(statement: CustomStatement, options: CallOptions): Promise<CustomResult> {
    const { mode, ...rest } = statement;
    const answer = await this.#use(this.#processes, options, (connection) =>
      connection.send({ kind: 'custom', ...rest, readOnly: mode === 'read' }),
    );
    return readCustomRows(answer);
  }

  translate(error: unknown): unknown {
    return translateSqliteError(error);
  }

  async close(): Promise<void> {
    await Promise.all([this.#writers.close(), this.#readers.close(), this.#processes.close()]);
  }

  async #use<T>(
    pool: Pool<SqliteConnection>,
    options: CallOptions,
    work: (connection: SqliteConnection) => Promise<T>,
  ): Promise<T> {
    const connection = pool.take() ?? (await pool.acquire(options));
    const watch = watchCall(options, () => connection.end());
    try {
      return await work(connection);
    } catch (error) {
      throw watch.reason ?? translateSqliteError(error);
    } finally {
      watch.end();
      pool.release(connection, connection.isBroken);
    }
  }
}

function isRead(text: string): boolean {
  return text.startsWith('select');
}

function brokenLinks(count: number) {
  return conflict({
    code: 'data.reference-missing',
    message: `${count} rows would refer to rows that do not exist.`,
    hint: 'Correct or empty these values first.',
  });
}
