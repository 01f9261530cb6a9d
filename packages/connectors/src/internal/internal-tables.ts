import { systemClock, type Clock } from '@fettle/base';
import type { ColumnMeaning, CreateRequest, Row, SchemaDescription, UpdateRequest } from '@fettle/sdk';
import type { CallOptions, TablesCapability, WriteOptions } from '@fettle/sdk/server';
import { tableOf } from '../sql/schema-index.ts';
import { writableColumns } from '../sql/write-plan.ts';
import { checkMeanings } from './check-meanings.ts';
import { withWritableStamps } from './field-description.ts';

/** The table operations with the time stamps of rows filled in. Everything is ready before the first of them. */
export class InternalTables implements TablesCapability {
  readonly capturesChanges = true;
  readonly #tables: TablesCapability;
  readonly #ready: (options: CallOptions) => Promise<void>;
  readonly #clock: Clock;

  constructor(tables: TablesCapability, ready: (options: CallOptions) => Promise<void>, clock: Clock = systemClock) {
    this.#tables = tables;
    this.#ready = ready;
    this.#clock = clock;
  }

  async list(...[request, schema, options]: Parameters<TablesCapability['list']>) {
    await this.#ready(options);
    return this.#tables.list(request, schema, options);
  }

  async read(...[request, schema, options]: Parameters<TablesCapability['read']>) {
    await this.#ready(options);
    return this.#tables.read(request, schema, options);
  }

  async create(request: CreateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    await this.#ready(options);
    const table = tableOf(schema, request.table);
    for (const [index, row] of request.rows.entries()) {
      writableColumns(table, row, `/rows/${index}`);
      checkMeanings(table, row, `/rows/${index}`);
    }
    const stamps = this.#stamps(request.table, schema, ['createdAt', 'updatedAt']);
    const rows = request.rows.map((row) => ({ ...row, ...stamps }));
    return this.#tables.create({ ...request, rows }, withWritableStamps(schema), options);
  }

  async update(request: UpdateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    await this.#ready(options);
    const table = tableOf(schema, request.table);
    for (const [index, change] of request.changes.entries()) {
      writableColumns(table, change.values, `/changes/${index}/values`);
      checkMeanings(table, change.values, `/changes/${index}/values`);
    }
    const stamps = this.#stamps(request.table, schema, ['updatedAt']);
    const changes = request.changes.map((change) => ({ ...change, values: { ...change.values, ...stamps } }));
    return this.#tables.update({ ...request, changes }, withWritableStamps(schema), options);
  }

  async delete(...[request, schema, options]: Parameters<TablesCapability['delete']>) {
    await this.#ready(options);
    return this.#tables.delete(request, schema, options);
  }

  async aggregate(...[request, schema, options]: Parameters<TablesCapability['aggregate']>) {
    await this.#ready(options);
    return this.#tables.aggregate(request, schema, options);
  }

  async *stream(...[request, schema, options]: Parameters<TablesCapability['stream']>) {
    await this.#ready(options);
    yield* this.#tables.stream(request, schema, options);
  }

  #stamps(tableId: string, schema: SchemaDescription, meanings: readonly ColumnMeaning[]): Row {
    const now = new Date(this.#clock.now()).toISOString();
    const columns = tableOf(schema, tableId).description.columns.filter(
      ({ meaning }) => meaning !== undefined && meanings.includes(meaning),
    );
    return Object.fromEntries(columns.map((column) => [column.name, now]));
  }
}
