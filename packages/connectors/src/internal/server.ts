import type { SchemaDescription } from '@fettle/sdk';
import type {
  CallOptions,
  ConnectorContext,
  ConnectorImplementation,
  DataSession,
  DataTrial,
  SessionOutbox,
  StructureEditor,
  TablesCapability,
} from '@fettle/sdk/server';
import { Compiler } from '../sql/compiler.ts';
import { SqlTables } from '../sql/sql-tables.ts';
import { beginTrial } from '../sql/trial.ts';
import type { InternalEngine } from './engine.ts';
import { EntryOutbox } from './entry-outbox.ts';
import { describeFields } from './field-description.ts';
import { FieldStore } from './field-store.ts';
import { InternalTables } from './internal-tables.ts';
import { createPostgresEngine } from './postgres-engine.ts';
import { createSqliteEngine } from './sqlite-engine.ts';
import { InternalStructure } from './structure.ts';

/** Opens sessions on a workspace's own tables. */
export const internal: ConnectorImplementation = {
  open: (context: ConnectorContext) =>
    new InternalSession(
      context.settings['engine'] === 'postgres' ? createPostgresEngine(context) : createSqliteEngine(context),
    ),
};

class InternalSession implements DataSession {
  readonly tables: TablesCapability;
  readonly structure: StructureEditor;
  readonly outbox: SessionOutbox;
  readonly #engine: InternalEngine;
  readonly #store: FieldStore;
  #prepared: Promise<void> | undefined;

  constructor(engine: InternalEngine) {
    this.#engine = engine;
    this.#store = new FieldStore(engine);
    const ready = (options: CallOptions): Promise<void> => this.#ready(options);
    const outbox = new EntryOutbox(engine, ready);
    this.outbox = outbox;
    const tables = new SqlTables(new Compiler(engine.dialect), engine.driver, (...kept) => outbox.keep(...kept));
    this.tables = new InternalTables(tables, ready);
    this.structure = new InternalStructure(engine, ready);
  }

  beginTrial(options: CallOptions): DataTrial {
    const { dialect, driver } = this.#engine;
    return beginTrial(
      driver,
      {},
      options,
      (on) => new InternalTables(new SqlTables(new Compiler(dialect), on), (call) => this.#ready(call)),
    );
  }

  async test(options: CallOptions): Promise<void> {
    await this.#ready(options);
    await this.#engine.driver.run({ text: 'select 1' }, [], options);
  }

  async introspect(options: CallOptions): Promise<SchemaDescription> {
    await this.#ready(options);
    const { driver } = this.#engine;
    const fields = await this.#store.all({
      run: (statement, parameters) => driver.run(statement, parameters, options),
    });
    return describeFields(await this.#engine.introspect(options), fields);
  }

  close(): Promise<void> {
    return this.#engine.driver.close();
  }

  /** Makes the place for the tables when it is not there. A failure is tried again by the next call. */
  #ready(options: CallOptions): Promise<void> {
    this.#prepared ??= this.#prepare(options).catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#prepared;
  }

  async #prepare(options: CallOptions): Promise<void> {
    for (const text of this.#engine.preparation) await this.#engine.driver.run({ text }, [], options);
  }
}
