import type { SchemaDescription } from '@fettle/sdk';
import type { CallOptions, DataSession, TablesCapability } from '@fettle/sdk/server';
import { Compiler } from './compiler.ts';
import type { SqlDialect } from './dialect.ts';
import type { SqlDriver } from './driver.ts';
import { SqlTables } from './sql-tables.ts';

/** What makes up a session on a SQL system. */
export interface SqlSessionParts {
  readonly dialect: SqlDialect;
  readonly driver: SqlDriver;
  readonly introspect: (options: CallOptions) => Promise<SchemaDescription>;
}

/** A session on a SQL system: the dialect, the driver and the shared table operations. */
export class SqlSession implements DataSession {
  readonly tables: TablesCapability;
  readonly #parts: SqlSessionParts;

  constructor(parts: SqlSessionParts) {
    this.#parts = parts;
    this.tables = new SqlTables(new Compiler(parts.dialect), parts.driver);
  }

  async test(options: CallOptions): Promise<void> {
    await this.#parts.driver.run({ text: 'select 1' }, [], options);
  }

  introspect(options: CallOptions): Promise<SchemaDescription> {
    return this.#parts.introspect(options);
  }

  close(): Promise<void> {
    return this.#parts.driver.close();
  }
}
