import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A value that SQLite stores or answers. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** What a statement without a result changed. */
export interface SqliteRunResult {
  readonly lastInsertRowid: number | bigint;
  readonly changes: number;
}

/** How a database file is opened. */
export interface SqliteConnectionOptions {
  /** A file, or `:memory:`. */
  readonly filename: string;
  readonly readOnly?: boolean;
  /** How long a statement waits for another connection's lock. */
  readonly busyTimeoutMs?: number;
  /** `FULL` survives a power cut; `NORMAL` may lose the last commits then. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** Prepared statements kept, least recently used closed first. */
  readonly statementCacheSize?: number;
}

interface CachedStatement {
  readonly statement: StatementSync;
  /** It answers rows. */
  readonly isReader: boolean;
  /** It only reads, so it may run twice. */
  readonly isSelect: boolean;
  bigInts: boolean;
}

const openSchemaChange = /^\s*(?:create|alter|drop|attach|detach|vacuum|reindex|pragma)\b/i;

/**
 * One connection to a SQLite file with a cache of prepared statements. Integers come out as numbers while they are
 * safe and as `bigint` beyond that, so that no digit is lost.
 */
export class SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, CachedStatement>();
  readonly #cacheSize: number;

  constructor(options: SqliteConnectionOptions) {
    this.#cacheSize = options.statementCacheSize ?? 300;
    this.#database = new DatabaseSync(options.filename, {
      readOnly: options.readOnly ?? false,
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
      allowExtension: false,
      timeout: options.busyTimeoutMs ?? 5000,
    });
    if (options.readOnly !== true) {
      this.#database.exec(
        `pragma journal_mode = WAL; pragma synchronous = ${options.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL'};`,
      );
    }
    this.#database.exec('pragma trusted_schema = OFF; pragma temp_store = MEMORY;');
    this.#database.enableDefensive(true);
  }

  /** How many prepared statements are held. */
  get cachedStatements(): number {
    return this.#statements.size;
  }

  /** True between a begin and its end; some errors end a transaction by themselves. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Runs one statement. Rows when it answers rows, otherwise what it changed. */
  run(sql: string, parameters: readonly SqliteValue[] = []): readonly Record<string, SqliteValue>[] | SqliteRunResult {
    if (openSchemaChange.test(sql)) return this.#runOnce(sql, parameters);
    return runStatement(this.#prepare(sql), parameters);
  }

  /** Runs a text of any number of statements, without parameters or rows. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): CachedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const entry = describeStatement(this.#database.prepare(sql), sql);
    this.#statements.set(sql, entry);
    if (this.#statements.size > this.#cacheSize) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return entry;
  }

  /** A change of structure is not worth a place in the cache. */
  #runOnce(sql: string, parameters: readonly SqliteValue[]) {
    return runStatement(describeStatement(this.#database.prepare(sql), sql), parameters);
  }
}

function describeStatement(statement: StatementSync, sql: string): CachedStatement {
  const isReader = statement.columns().length > 0;
  const isSelect = isReader && /^\s*(?:select|pragma|explain|values)\b/i.test(sql);
  // A statement that writes and answers rows must not run twice: it reads big integers from the start.
  const bigInts = isReader && !isSelect;
  if (bigInts) statement.setReadBigInts(true);
  return { statement, isReader, isSelect, bigInts };
}

function runStatement(entry: CachedStatement, parameters: readonly SqliteValue[]) {
  const { statement } = entry;
  if (!entry.isReader) {
    const result = statement.run(...parameters);
    return { lastInsertRowid: shorten(result.lastInsertRowid), changes: Number(result.changes) };
  }
  if (entry.bigInts) return shortenRows(statement.all(...parameters));
  try {
    return statement.all(...parameters) as Record<string, SqliteValue>[];
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_OUT_OF_RANGE') throw error;
    entry.bigInts = true;
    statement.setReadBigInts(true);
    return shortenRows(statement.all(...parameters));
  }
}

function shortenRows(rows: readonly object[]): Record<string, SqliteValue>[] {
  const typed = rows as Record<string, SqliteValue>[];
  for (const row of typed) {
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'bigint') row[name] = shorten(value);
    }
  }
  return typed;
}

function shorten(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
