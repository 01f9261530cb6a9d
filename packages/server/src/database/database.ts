import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import knex, { type Knex } from 'knex';
import { AppError } from '@fettle/base';
import { createSqliteKnex, createStatementQueue } from '@fettle/sqlite';

/**
 * The metadata store: SQLite in the data folder, or PostgreSQL. Stores take `Knex` (this one's, or a transaction's):
 * SQLite has one connection, so inside a transaction everything must go through the transaction.
 */
export interface Database {
  readonly knex: Knex;
  readonly kind: 'sqlite' | 'postgres';
  /**
   * One statement on its own, with `?` for each value: for what happens with every request. PostgreSQL keeps it prepared
   * under `name`, which must mean the same text for good; without one it is planned for these values.
   */
  run(name: string | undefined, text: string, values: readonly unknown[]): Promise<readonly StatementRow[]>;
  /** Runs work in one transaction: committed and durable when it resolves, rolled back when it rejects. */
  transaction<T>(work: (transaction: Knex.Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A row of a statement. */
export type StatementRow = Readonly<Record<string, unknown>>;

/** What stores take: the metadata store, or a transaction on it. Services pass it on and never look inside. */
export type StoreAccess = Knex;

/** A transaction on the metadata store. */
export type StoreTransaction = Knex.Transaction;

/** Where the metadata store is. */
export interface DatabaseOptions {
  readonly dataFolder: string;
  /** A PostgreSQL address; absent: SQLite in the data folder. */
  readonly databaseUrl?: string;
  readonly maxConnections: number;
}

/** Opens the metadata store. Migrations are not run here. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const client = options.databaseUrl === undefined ? await openSqlite(options.dataFolder) : openPostgres(options);
  return {
    knex: client,
    kind: options.databaseUrl === undefined ? 'sqlite' : 'postgres',
    run: options.databaseUrl === undefined ? runOnSqlite(client) : runPrepared(client),
    transaction: (work) => client.transaction(work),
    close: () => client.destroy(),
  };
}

function runOnSqlite(client: Knex): Database['run'] {
  const run = createStatementQueue(client);
  return (_name, text, values) => run(text, values);
}

/** What Knex asks of its PostgreSQL client, and what it lends. */
interface ConnectionLender {
  acquireConnection(): Promise<{
    query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: StatementRow[] }>;
  }>;
  releaseConnection(connection: unknown): Promise<void>;
}

// Knex writes each statement anew and PostgreSQL plans it anew: for what a request waits for, that is half of its time.
function runPrepared(client: Knex): Database['run'] {
  const lender = client.client as ConnectionLender;
  const numbered = new Map<string, string>();
  return async (name, text, values) => {
    let known = numbered.get(text);
    if (known === undefined) {
      let count = 0;
      known = text.replaceAll('?', () => `$${(count += 1)}`);
      numbered.set(text, known);
    }
    const connection = await lender.acquireConnection();
    try {
      return (await connection.query({ ...(name === undefined ? {} : { name }), text: known, values: [...values] }))
        .rows;
    } finally {
      await lender.releaseConnection(connection);
    }
  };
}

async function openSqlite(dataFolder: string): Promise<Knex> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new AppError('unavailable', {
      code: 'database.no-folder',
      message: `The data folder ${resolve(dataFolder)} cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      hint: 'Set FETTLE_DATA_DIR to a folder that this account may write to.',
      cause: error,
    });
  });
  return createSqliteKnex({ filename: join(dataFolder, 'fettle.db'), synchronous: 'FULL' });
}

function openPostgres(options: DatabaseOptions): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString: options.databaseUrl,
      application_name: 'fettle',
      statement_timeout: 30_000,
      connectionTimeoutMillis: 5_000,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: options.maxConnections, idleTimeoutMillis: 30_000 },
    acquireConnectionTimeout: 10_000,
    // What goes wrong is thrown, and told where it is caught.
    log: { warn: () => undefined, error: () => undefined },
  });
}

/** True for the error of a unique index, in either database. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === '23505' || errcode === 2067 || errcode === 1555;
}

/** Answers whether the store responds, without ever taking longer than `timeoutMs`. */
export async function isReachable(database: Database, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('timeout', { code: 'database.slow', message: 'The metadata store does not answer.' })),
      timeoutMs,
    );
  });
  try {
    await Promise.race([database.knex.raw('select 1'), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
