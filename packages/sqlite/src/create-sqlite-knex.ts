import knex, { type Knex } from 'knex';
import dialectClient from 'knex/lib/dialects/better-sqlite3/index.js';
import { bug } from '@fettle/base';
import {
  SqliteConnection,
  type SqliteConnectionOptions,
  type SqliteRunResult,
  type SqliteValue,
} from './sqlite-connection.ts';

/** Options of {@link createSqliteKnex}: those of the connection, and how long a caller waits for its turn. */
export interface SqliteKnexOptions extends SqliteConnectionOptions {
  readonly acquireTimeoutMs?: number;
}

interface QueryObject {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  response?: unknown;
  context?: { readonly lastID: number | bigint; readonly changes: number };
}

interface KnexTransaction {
  readonly readOnly?: boolean;
  begin: (connection: unknown) => Promise<unknown>;
  query: (connection: unknown, sql: string) => Promise<unknown>;
}

/** The part of Knex's dialect class that we build on. Its files carry no types. */
interface DialectClient {
  config: { readonly connection: SqliteConnectionOptions };
  transaction(...parameters: readonly unknown[]): KnexTransaction;
}

const BaseClient = dialectClient as new (...parameters: readonly unknown[]) => DialectClient;

class NodeSqliteClient extends BaseClient {
  /** Knex asks for a driver module; ours is built into Node. */
  _driver(): object {
    return {};
  }

  async acquireRawConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.config.connection);
  }

  async destroyRawConnection(connection: SqliteConnection): Promise<void> {
    connection.close();
  }

  async _query(connection: SqliteConnection, query: QueryObject): Promise<QueryObject> {
    if (query.sql === '') throw bug('The query is empty.');
    const answer = connection.run(query.sql, (query.bindings ?? []).map(toSqliteValue));
    query.response = answer;
    if (!Array.isArray(answer)) {
      const { lastInsertRowid, changes } = answer as SqliteRunResult;
      query.context = { lastID: lastInsertRowid, changes };
    }
    return query;
  }

  /** Takes the write lock at the start: a transaction that reads first must not fail when it comes to write. */
  override transaction(...parameters: readonly unknown[]): KnexTransaction {
    const transaction = super.transaction(...parameters);
    transaction.begin = (connection) =>
      transaction.query(connection, transaction.readOnly === true ? 'BEGIN;' : 'BEGIN IMMEDIATE;');
    return transaction;
  }
}

/** A value as SQLite stores it. */
export function toSqliteValue(value: unknown): SqliteValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.valueOf();
  if (typeof value === 'object' && !(value instanceof Uint8Array)) return JSON.stringify(value);
  return value as SqliteValue;
}

/**
 * Knex over Node's own SQLite: nothing to compile or download. One connection per pool, since SQLite has one writer
 * and its calls are synchronous; foreign keys are enforced, the journal is write-ahead, transactions lock at BEGIN.
 */
export function createSqliteKnex(options: SqliteKnexOptions): Knex {
  const { acquireTimeoutMs, ...connection } = options;
  return knex({
    client: NodeSqliteClient as unknown as typeof Knex.Client,
    connection,
    useNullAsDefault: true,
    acquireConnectionTimeout: acquireTimeoutMs ?? 15_000,
    // Closing an idle connection would throw its statement cache (and a database in memory) away.
    pool: { min: 1, max: 1, idleTimeoutMillis: 2 ** 31 - 1 },
  });
}
