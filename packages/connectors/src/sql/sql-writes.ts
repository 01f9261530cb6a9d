import { bug, jsonEquals } from '@fettle/base';
import type {
  CreateRequest,
  DeleteRequest,
  Row,
  RowChange,
  RowKey,
  SchemaDescription,
  UpdateRequest,
} from '@fettle/sdk';
import type { CapturedChange, OutboxEntry, WriteOptions } from '@fettle/sdk/server';
import { fillSlots, type Compiler } from './compiler.ts';
import type { SqlConnection, SqlDriver } from './driver.ts';
import type { PlanStore } from './plans.ts';
import type { Run } from './related-rows.ts';
import { changedRow, expectedInSql, insertedKey, keyOf, missingRow, needsReading, newKey } from './row-changes.ts';
import { readRow } from './row-reader.ts';
import { tableOf, type IndexedTable } from './schema-index.ts';
import { compileRead, keyValues } from './select-plan.ts';
import {
  compileDelete,
  compileInsert,
  compileUpdate,
  rebase,
  valueOf,
  writableColumns,
  type WritePlan,
} from './write-plan.ts';

/** Most rows that one insert statement stores. */
const insertChunk = 128;

interface InsertGroup {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly firstRow: number;
}

/** Stores entries of an outbox in the transaction of a write. */
export type KeepEntries = (connection: SqlConnection, entries: readonly OutboxEntry[]) => Promise<void>;

/** Creates, changes and deletes rows: all of a request or none. */
export class SqlWrites {
  readonly #compiler: Compiler;
  readonly #driver: SqlDriver;
  readonly #plans: PlanStore;
  readonly #keep: KeepEntries | undefined;

  constructor(
    compiler: Compiler,
    driver: SqlDriver,
    { plans, keep }: { readonly plans: PlanStore; readonly keep: KeepEntries | undefined },
  ) {
    this.#compiler = compiler;
    this.#driver = driver;
    this.#plans = plans;
    this.#keep = keep;
  }

  async create(request: CreateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    const table = tableOf(schema, request.table);
    const groups = this.#groupRows(table, request.rows);
    const { returning } = this.#compiler.dialect.capabilities;
    const [only] = groups;
    if (only === undefined) return [];
    // A single statement is a transaction of its own.
    if (groups.length === 1 && returning.insert && options.capture === undefined) {
      const run: Run = (statement, parameters) => this.#driver.run(statement, parameters, options);
      return this.#insert(run, schema, table, only);
    }
    return this.#driver.transaction(options, async (connection) => {
      const stored: Row[] = [];
      for (const group of groups)
        stored.push(...(await this.#insert((...call) => connection.run(...call), schema, table, group)));
      await this.#tell(connection, options, () =>
        stored.map((row) => ({ kind: 'created', key: keyOf(table, row), before: null, after: row })),
      );
      return stored;
    });
  }

  /** Neighbouring rows with the same columns, in chunks of a power of two. */
  #groupRows(table: IndexedTable, rows: readonly Row[]): readonly InsertGroup[] {
    const { multiRowInsert, maxParameters } = this.#compiler.dialect.capabilities;
    const groups: { columns: readonly string[]; rows: Row[]; firstRow: number }[] = [];
    for (const [index, row] of rows.entries()) {
      const columns = writableColumns(table, row, `/rows/${index}`);
      const last = groups.at(-1);
      const isSame = last?.columns.length === columns.length && columns.every((name) => last.columns.includes(name));
      if (isSame && multiRowInsert && columns.length > 0) last.rows.push(row);
      else groups.push({ columns, rows: [row], firstRow: index });
    }
    return groups.flatMap((group) => {
      const largest = Math.min(insertChunk, Math.floor(maxParameters / Math.max(1, group.columns.length)));
      const chunks: InsertGroup[] = [];
      let start = 0;
      while (start < group.rows.length) {
        const size = 2 ** Math.floor(Math.log2(Math.min(largest, group.rows.length - start)));
        chunks.push({
          columns: group.columns,
          rows: group.rows.slice(start, start + size),
          firstRow: group.firstRow + start,
        });
        start += size;
      }
      return chunks;
    });
  }

  async #insert(run: Run, schema: SchemaDescription, table: IndexedTable, group: InsertGroup): Promise<readonly Row[]> {
    const { writes } = this.#plans.of(schema);
    const id = table.description.id;
    const key = `insert ${id}\n${group.rows.length}\n${JSON.stringify(group.columns)}`;
    let plan = writes.get(key);
    if (plan === undefined) {
      plan = compileInsert(this.#compiler, schema, { table: id, columns: group.columns, rows: group.rows.length });
      writes.set(key, plan);
    }
    const { statement, reader } = plan;
    const values = group.rows.flatMap((row) => group.columns.map((name) => valueOf(row, name)));
    const result = await run(
      statement,
      rebase('rows', group.firstRow, () => fillSlots(statement, values)),
    );
    if (reader !== undefined) return result.rows.map((row) => readRow(reader, row));
    const [row = {}] = group.rows;
    const stored = await this.#readAgain(run, schema, table, insertedKey(table, row, result.insertId));
    return [stored ?? row];
  }

  async #readAgain(
    run: Run,
    schema: SchemaDescription,
    table: IndexedTable,
    key: RowKey | undefined,
  ): Promise<Row | undefined> {
    if (key === undefined) return undefined;
    const plan = this.#plans.read(schema, { table: table.description.id, key });
    const { rows } = await run(plan.statement, fillSlots(plan.statement, keyValues(table.description, key, '/key')));
    return rows[0] === undefined ? undefined : readRow(plan.reader, rows[0]);
  }

  async update(request: UpdateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    const table = tableOf(schema, request.table);
    const [only] = request.changes;
    if (only === undefined) return [];
    const isSingle = request.changes.length === 1 && this.#compiler.dialect.capabilities.returning.update;
    if (isSingle && options.capture === undefined && !needsReading(table, only)) {
      const run: Run = (statement, parameters) => this.#driver.run(statement, parameters, options);
      return [await this.#change(run, schema, table, only, 0)];
    }
    return this.#driver.transaction(options, async (connection) => {
      const stored: Row[] = [];
      const changes: CapturedChange[] = [];
      const run: Run = (...call) => connection.run(...call);
      for (const [index, change] of request.changes.entries()) {
        const isRead = options.capture !== undefined || needsReading(table, change);
        const before = isRead ? await this.#lock(run, schema, table, change.key, `/changes/${index}/key`) : undefined;
        if (before !== undefined && needsReading(table, change)) assertExpected(before, change);
        const after = await this.#change(run, schema, table, change, index);
        stored.push(after);
        if (before !== undefined && !jsonEquals(before, after))
          changes.push({ kind: 'updated', key: keyOf(table, after), before, after });
      }
      await this.#tell(connection, options, () => changes);
      return stored;
    });
  }

  async #change(
    run: Run,
    schema: SchemaDescription,
    table: IndexedTable,
    change: RowChange,
    index: number,
  ): Promise<Row> {
    const path = `/changes/${index}`;
    const columns = writableColumns(table, change.values, `${path}/values`);
    const key = keyValues(table.description, change.key, `${path}/key`);
    if (columns.length === 0) {
      const current = await this.#readAgain(run, schema, table, change.key);
      if (current === undefined) throw missingRow(table, change.key);
      return current;
    }
    const expected = expectedInSql(table, change);
    const plan = this.#updatePlan(schema, { table: table.description.id, columns, expected });
    const values = [
      ...columns.map((name) => valueOf(change.values, name)),
      ...key,
      ...expected.filter((item) => !item.isNull).map((item) => valueOf(change.expected ?? {}, item.name)),
    ];
    const { statement, reader } = plan;
    const result = await run(
      statement,
      rebase('changes', index, () => fillSlots(statement, values)),
    );
    if (reader !== undefined && result.rows[0] !== undefined) return readRow(reader, result.rows[0]);
    if (reader !== undefined || result.affected === 0) throw await this.#explainMiss(run, schema, table, change);
    const stored = await this.#readAgain(run, schema, table, newKey(table, change));
    return stored ?? change.values;
  }

  #updatePlan(schema: SchemaDescription, options: Parameters<typeof compileUpdate>[2]): WritePlan {
    const { writes } = this.#plans.of(schema);
    const key = `update ${options.table}\n${JSON.stringify([options.columns, options.expected])}`;
    let plan = writes.get(key);
    if (plan === undefined) {
      plan = compileUpdate(this.#compiler, schema, options);
      writes.set(key, plan);
    }
    return plan;
  }

  /** Why an update touched no row: it is gone, or it is not what the caller saw. */
  async #explainMiss(run: Run, schema: SchemaDescription, table: IndexedTable, change: RowChange) {
    const current = await this.#readAgain(run, schema, table, change.key);
    return current === undefined ? missingRow(table, change.key) : changedRow(current, change);
  }

  /** Reads and locks a row. Throws when it is not there. */
  async #lock(run: Run, schema: SchemaDescription, table: IndexedTable, key: RowKey, path: string): Promise<Row> {
    const { reads } = this.#plans.of(schema);
    const cacheKey = `lock ${table.description.id}`;
    let plan = reads.get(cacheKey);
    if (plan === undefined) {
      plan = compileRead(this.#compiler, schema, { table: table.description.id }, true);
      reads.set(cacheKey, plan);
    }
    const { rows } = await run(plan.statement, fillSlots(plan.statement, keyValues(table.description, key, path)));
    if (rows[0] === undefined) throw missingRow(table, key);
    return readRow(plan.reader, rows[0]);
  }

  async delete(request: DeleteRequest, schema: SchemaDescription, options: WriteOptions): Promise<number> {
    const table = tableOf(schema, request.table);
    writableColumns(table, {}, '');
    const { deletes } = this.#plans.of(schema);
    let statement = deletes.get(request.table);
    if (statement === undefined) {
      statement = compileDelete(this.#compiler, schema, request.table);
      deletes.set(request.table, statement);
    }
    const compiled = statement;
    const remove = async (run: Run, key: RowKey, index: number): Promise<void> => {
      const values = keyValues(table.description, key, `/keys/${index}`);
      const { affected } = await run(compiled, fillSlots(compiled, values));
      if (affected === 0) throw missingRow(table, key);
    };
    const [only] = request.keys;
    if (only === undefined) return 0;
    if (request.keys.length === 1 && options.capture === undefined) {
      await remove((text, parameters) => this.#driver.run(text, parameters, options), only, 0);
      return 1;
    }
    return this.#driver.transaction(options, async (connection) => {
      const changes: CapturedChange[] = [];
      const run: Run = (...call) => connection.run(...call);
      for (const [index, key] of request.keys.entries()) {
        if (options.capture !== undefined) {
          const before = await this.#lock(run, schema, table, key, `/keys/${index}`);
          changes.push({ kind: 'deleted', key: keyOf(table, before), before, after: null });
        }
        await remove(run, key, index);
      }
      await this.#tell(connection, options, () => changes);
      return request.keys.length;
    });
  }

  /** Tells whoever wants to know of the changes, and keeps what they answer. The transaction is still open. */
  async #tell(
    connection: SqlConnection,
    { capture }: WriteOptions,
    changes: () => readonly CapturedChange[],
  ): Promise<void> {
    if (capture === undefined) return;
    const entries = await capture.beforeCommit(changes());
    if (entries.length === 0) return;
    if (this.#keep === undefined) throw bug('A write was to keep entries where there is no outbox.');
    await this.#keep(connection, entries);
  }
}

/** Compares what SQL cannot compare the same way everywhere. */
function assertExpected(current: Row, change: RowChange): void {
  const isSame = Object.entries(change.expected ?? {}).every(([name, value]) =>
    jsonEquals(current[name] ?? null, value),
  );
  if (!isSame) throw changedRow(current, change);
}
