import type { QueryRequest, QueryResult, SchemaDescription } from '@fettle/sdk';
import type {
  BackupCapability,
  CallOptions,
  DataSession,
  DataTrial,
  NoticesCapability,
  TablesCapability,
} from '@fettle/sdk/server';
import { Compiler } from './compiler.ts';
import { CustomQueries } from './custom-query.ts';
import type { SqlDialect } from './dialect.ts';
import type { SqlDriver } from './driver.ts';
import { SqlTables } from './sql-tables.ts';
import { beginTrial, type TrialRules } from './trial.ts';

/** What makes up a session on a SQL system. */
export interface SqlSessionParts {
  readonly dialect: SqlDialect;
  readonly driver: SqlDriver;
  readonly introspect: (options: CallOptions) => Promise<SchemaDescription>;
  /** Left out where writing cannot be undone call by call. */
  readonly trial?: TrialRules;
  /** Left out by systems that send none. */
  readonly notices?: NoticesCapability;
  /** Left out by systems that are copied by other means. */
  readonly backup?: BackupCapability;
}

/** A session on a SQL system: the dialect, the driver and the shared table operations. */
export class SqlSession implements DataSession {
  readonly tables: TablesCapability;
  readonly notices?: NoticesCapability;
  readonly backup?: BackupCapability;
  readonly beginTrial?: (options: CallOptions) => DataTrial;
  readonly #parts: SqlSessionParts;
  readonly #queries: CustomQueries;

  constructor(parts: SqlSessionParts) {
    this.#parts = parts;
    this.#queries = new CustomQueries(parts.dialect, parts.driver);
    const compiler = new Compiler(parts.dialect);
    this.tables = new SqlTables(compiler, parts.driver);
    const { trial, driver, notices, backup } = parts;
    if (backup !== undefined) this.backup = backup;
    if (notices !== undefined) this.notices = notices;
    if (trial !== undefined)
      this.beginTrial = (options) => beginTrial(driver, trial, options, (on) => new SqlTables(compiler, on));
  }

  async test(options: CallOptions): Promise<void> {
    await this.#parts.driver.run({ text: 'select 1' }, [], options);
  }

  introspect(options: CallOptions): Promise<SchemaDescription> {
    return this.#parts.introspect(options);
  }

  query(request: QueryRequest, options: CallOptions): Promise<QueryResult> {
    return this.#queries.run(request, options);
  }

  close(): Promise<void> {
    return this.#parts.driver.close();
  }
}
