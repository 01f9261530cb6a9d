import { bug, jsonEquals, type Json } from '@fettle/base';
import type {
  AggregateRequest,
  AggregateResult,
  CreateRequest,
  DeleteRequest,
  ListRequest,
  ListResult,
  ReadRequest,
  Row,
  RowChange,
  RowKey,
  SchemaDescription,
  UpdateRequest,
} from '@fettle/sdk';
import type { CallOptions, TablesCapability } from '@fettle/sdk/server';
import { compileAggregate, shapeAggregate, type AggregatePlan } from './aggregate-plan.ts';
import { fillSlots, type CompiledStatement, type Compiler } from './compiler.ts';
import type { SqlDriver } from './driver.ts';
import { encodeCursor, foreignCursor } from './order.ts';
import { PlanCache } from './plan-cache.ts';
import { addRelatedRows, type RelatedContext, type RelatedPlan, type Run } from './related-rows.ts';
import { changedRow, expectedInSql, insertedKey, missingRow, needsReading, newKey } from './row-changes.ts';
import { readOutput, readRow, type RowInMaking, type RowReader } from './row-reader.ts';
import { tableOf, type IndexedTable } from './schema-index.ts';
import {
  compileList,
  compileRead,
  keyValues,
  numberCursor,
  readKey,
  shapeList,
  type ListPlan,
  type ReadPlan,
} from './select-plan.ts';
import {
  compileDelete,
  compileInsert,
  compileUpdate,
  rebase,
  valueOf,
  writableColumns,
  type WritePlan,
} from './write-plan.ts';

/** Compiled statements per schema description: a new description forgets the plans of the old one. */
interface Plans {
  readonly lists: PlanCache<ListPlan>;
  readonly reads: PlanCache<ReadPlan>;
  readonly related: PlanCache<RelatedPlan>;
  readonly writes: PlanCache<WritePlan>;
  readonly deletes: PlanCache<CompiledStatement>;
  readonly aggregates: PlanCache<AggregatePlan>;
}

/** Most rows that one insert statement stores. */
const insertChunk = 128;

/** The table operations of the SQL systems. Statements are compiled once per shape of request. */
export class SqlTables implements TablesCapability {
  readonly #compiler: Compiler;
  readonly #driver: SqlDriver;
  readonly #plans = new WeakMap<SchemaDescription, Plans>();

  constructor(compiler: Compiler, driver: SqlDriver) {
    this.#compiler = compiler;
    this.#driver = driver;
  }

  async list(request: ListRequest, schema: SchemaDescription, options: CallOptions): Promise<ListResult> {
    const plans = this.#plansOf(schema);
    const shaped = shapeList(request, this.#compiler);
    let plan = plans.lists.get(shaped.key);
    if (plan === undefined) {
      plan = compileList(this.#compiler, schema, request, shaped);
      plans.lists.set(shaped.key, plan);
    }
    if (shaped.cursor !== undefined && shaped.cursor.fingerprint !== plan.fingerprint) throw foreignCursor();
    const page = this.#driver.run(plan.statement, fillSlots(plan.statement, shaped.values), options);
    if (plan.count === undefined) return this.#readPage(plan, await page, shaped.offset ?? 0, schema, options);
    const [result, total] = await Promise.all([page, this.#count(plan, shaped.values, options)]);
    return { ...(await this.#readPage(plan, result, shaped.offset ?? 0, schema, options)), ...total };
  }

  async #readPage(
    plan: ListPlan,
    result: { readonly rows: readonly (readonly unknown[])[] },
    offset: number,
    schema: SchemaDescription,
    options: CallOptions,
  ): Promise<ListResult> {
    const { reader, pageSize } = plan;
    const hasMore = result.rows.length > pageSize;
    const count = hasMore ? pageSize : result.rows.length;
    const rows: RowInMaking[] = [];
    for (let index = 0; index < count; index += 1) rows.push(readRow(reader, result.rows[index] as readonly unknown[]));
    if (needsRelated(reader))
      await addRelatedRows(this.#related(schema, options), reader, rows, result.rows.slice(0, count));
    if (!hasMore) return { rows };
    return { rows, next: this.#cursorAfter(plan, result.rows[count - 1] as readonly unknown[], offset + count) };
  }

  #cursorAfter(plan: ListPlan, last: readonly unknown[], offset: number): string {
    if (plan.cursorPositions === undefined) return encodeCursor(plan.fingerprint, numberCursor(offset));
    return encodeCursor(
      plan.fingerprint,
      plan.cursorPositions.map(({ position, decode }) => readOutput({ name: '', position, decode }, last)),
    );
  }

  async #count(
    plan: ListPlan,
    values: readonly Json[],
    options: CallOptions,
  ): Promise<Pick<ListResult, 'total' | 'isEstimate'>> {
    if (plan.estimate !== undefined) {
      const { rows } = await this.#driver.run(plan.estimate, [], options);
      const estimate = Number(rows[0]?.[0] ?? -1);
      if (estimate >= 0) return { total: Math.round(estimate), isEstimate: true };
    }
    if (plan.count === undefined) throw bug('A total was asked for without its statement.');
    const { rows } = await this.#driver.run(plan.count, fillSlots(plan.count, values), options);
    return { total: Number(rows[0]?.[0] ?? 0) };
  }

  async read(request: ReadRequest, schema: SchemaDescription, options: CallOptions): Promise<Row | undefined> {
    const { description } = tableOf(schema, request.table);
    const plan = this.#readPlan(schema, request);
    const values = keyValues(description, request.key, '/key');
    const { rows } = await this.#driver.run(plan.statement, fillSlots(plan.statement, values), options);
    const [found] = rows;
    if (found === undefined) return undefined;
    const row = readRow(plan.reader, found);
    if (needsRelated(plan.reader)) await addRelatedRows(this.#related(schema, options), plan.reader, [row], [found]);
    return row;
  }

  #readPlan(schema: SchemaDescription, request: ReadRequest): ReadPlan {
    const { reads } = this.#plansOf(schema);
    const key = readKey(request);
    let plan = reads.get(key);
    if (plan === undefined) {
      plan = compileRead(this.#compiler, schema, request);
      reads.set(key, plan);
    }
    return plan;
  }

  async create(request: CreateRequest, schema: SchemaDescription, options: CallOptions): Promise<readonly Row[]> {
    const table = tableOf(schema, request.table);
    const groups = this.#groupRows(table, request.rows);
    const { returning } = this.#compiler.dialect.capabilities;
    const [only] = groups;
    if (only === undefined) return [];
    // A single statement is a transaction of its own.
    if (groups.length === 1 && returning.insert) {
      const run: Run = (statement, parameters) => this.#driver.run(statement, parameters, options);
      return this.#insert(run, schema, table, only);
    }
    return this.#driver.transaction(options, async (connection) => {
      const stored: Row[] = [];
      for (const group of groups)
        stored.push(...(await this.#insert((...call) => connection.run(...call), schema, table, group)));
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
    const { writes } = this.#plansOf(schema);
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
    const plan = this.#readPlan(schema, { table: table.description.id, key });
    const { rows } = await run(plan.statement, fillSlots(plan.statement, keyValues(table.description, key, '/key')));
    return rows[0] === undefined ? undefined : readRow(plan.reader, rows[0]);
  }

  async update(request: UpdateRequest, schema: SchemaDescription, options: CallOptions): Promise<readonly Row[]> {
    const table = tableOf(schema, request.table);
    const [only] = request.changes;
    if (only === undefined) return [];
    const isSingle = request.changes.length === 1 && this.#compiler.dialect.capabilities.returning.update;
    if (isSingle && !needsReading(table, only)) {
      const run: Run = (statement, parameters) => this.#driver.run(statement, parameters, options);
      return [await this.#change(run, schema, table, only, 0)];
    }
    return this.#driver.transaction(options, async (connection) => {
      const stored: Row[] = [];
      const run: Run = (...call) => connection.run(...call);
      for (const [index, change] of request.changes.entries()) {
        if (needsReading(table, change)) await this.#compareRead(run, schema, table, change, index);
        stored.push(await this.#change(run, schema, table, change, index));
      }
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
    const { writes } = this.#plansOf(schema);
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

  /** Reads and locks the row, and compares what SQL cannot compare the same way everywhere. */
  async #compareRead(
    run: Run,
    schema: SchemaDescription,
    table: IndexedTable,
    change: RowChange,
    index: number,
  ): Promise<void> {
    const { reads } = this.#plansOf(schema);
    const cacheKey = `lock ${table.description.id}`;
    let plan = reads.get(cacheKey);
    if (plan === undefined) {
      plan = compileRead(this.#compiler, schema, { table: table.description.id }, true);
      reads.set(cacheKey, plan);
    }
    const key = keyValues(table.description, change.key, `/changes/${index}/key`);
    const { rows } = await run(plan.statement, fillSlots(plan.statement, key));
    if (rows[0] === undefined) throw missingRow(table, change.key);
    const current = readRow(plan.reader, rows[0]);
    const isSame = Object.entries(change.expected ?? {}).every(([name, value]) =>
      jsonEquals(current[name] ?? null, value),
    );
    if (!isSame) throw changedRow(current, change);
  }

  async delete(request: DeleteRequest, schema: SchemaDescription, options: CallOptions): Promise<number> {
    const table = tableOf(schema, request.table);
    writableColumns(table, {}, '');
    const { deletes } = this.#plansOf(schema);
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
    if (request.keys.length === 1) {
      await remove((text, parameters) => this.#driver.run(text, parameters, options), only, 0);
      return 1;
    }
    return this.#driver.transaction(options, async (connection) => {
      for (const [index, key] of request.keys.entries()) await remove((...call) => connection.run(...call), key, index);
      return request.keys.length;
    });
  }

  async aggregate(
    request: AggregateRequest,
    schema: SchemaDescription,
    options: CallOptions,
  ): Promise<AggregateResult> {
    const { aggregates } = this.#plansOf(schema);
    const { key, values } = shapeAggregate(request, this.#compiler);
    let plan = aggregates.get(key);
    if (plan === undefined) {
      plan = compileAggregate(this.#compiler, schema, request);
      aggregates.set(key, plan);
    }
    const { reader, limit, statement } = plan;
    const { rows } = await this.#driver.run(statement, fillSlots(statement, values), options);
    return { rows: rows.slice(0, limit).map((row) => readRow(reader, row)), truncated: rows.length > limit };
  }

  async *stream(
    request: Omit<ListRequest, 'limit' | 'cursor' | 'offset' | 'total'>,
    schema: SchemaDescription,
    options: CallOptions,
  ): AsyncIterable<readonly Row[]> {
    let cursor: string | undefined;
    do {
      const page: ListResult = await this.list(
        { ...request, limit: 1000, ...(cursor === undefined ? {} : { cursor }) },
        schema,
        options,
      );
      if (page.rows.length > 0) yield page.rows;
      cursor = page.next;
    } while (cursor !== undefined);
  }

  #related(schema: SchemaDescription, options: CallOptions): RelatedContext {
    return {
      compiler: this.#compiler,
      schema,
      plans: this.#plansOf(schema).related,
      run: (statement, parameters) => this.#driver.run(statement, parameters, options),
      options,
    };
  }

  #plansOf(schema: SchemaDescription): Plans {
    const known = this.#plans.get(schema);
    if (known !== undefined) return known;
    const plans: Plans = {
      lists: new PlanCache(400),
      reads: new PlanCache(200),
      related: new PlanCache(200),
      writes: new PlanCache(400),
      deletes: new PlanCache(100),
      aggregates: new PlanCache(100),
    };
    this.#plans.set(schema, plans);
    return plans;
  }
}

interface InsertGroup {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly firstRow: number;
}

function needsRelated(reader: RowReader): boolean {
  return reader.manys.length > 0 || reader.ones.some((one) => needsRelated(one.reader));
}
