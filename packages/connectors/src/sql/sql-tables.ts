import { bug, type Json } from '@fettle/base';
import type {
  AggregateRequest,
  AggregateResult,
  CreateRequest,
  DeleteRequest,
  ListRequest,
  ListResult,
  ReadRequest,
  Row,
  SchemaDescription,
  UpdateRequest,
} from '@fettle/sdk';
import type { CallOptions, TablesCapability, WriteOptions } from '@fettle/sdk/server';
import { compileAggregate, shapeAggregate } from './aggregate-plan.ts';
import { fillSlots, type Compiler } from './compiler.ts';
import type { SqlDriver } from './driver.ts';
import { encodeCursor, foreignCursor } from './order.ts';
import { PlanStore } from './plans.ts';
import { addRelatedRows, type RelatedContext } from './related-rows.ts';
import { readOutput, readRow, type RowInMaking, type RowReader } from './row-reader.ts';
import { tableOf } from './schema-index.ts';
import { compileList, keyValues, numberCursor, shapeList, type ListPlan } from './select-plan.ts';
import { SqlWrites, type KeepEntries } from './sql-writes.ts';

/** The table operations of the SQL systems. Statements are compiled once per shape of request. */
export class SqlTables implements TablesCapability {
  readonly capturesChanges = true;
  readonly #compiler: Compiler;
  readonly #driver: SqlDriver;
  readonly #plans: PlanStore;
  readonly #writes: SqlWrites;

  /** `keep` stores what captures of writes answer; absent where there is no outbox. */
  constructor(compiler: Compiler, driver: SqlDriver, keep?: KeepEntries) {
    this.#compiler = compiler;
    this.#driver = driver;
    this.#plans = new PlanStore(compiler);
    this.#writes = new SqlWrites(compiler, driver, { plans: this.#plans, keep });
  }

  async list(request: ListRequest, schema: SchemaDescription, options: CallOptions): Promise<ListResult> {
    const plans = this.#plans.of(schema);
    const shaped = shapeList(request, this.#compiler);
    let plan = plans.lists.get(shaped.key);
    if (plan === undefined) {
      plan = compileList(this.#compiler, schema, request, shaped);
      plans.lists.set(shaped.key, plan);
    }
    if (shaped.cursor !== undefined && shaped.cursor.fingerprint !== plan.fingerprint) throw foreignCursor();
    const page = this.#driver.run(plan.statement, fillSlots(plan.statement, shaped.values), options);
    if (plan.count === undefined)
      return this.#readPage(plan, await page, { request, offset: shaped.offset ?? 0, schema, options });
    const [result, total] = await Promise.all([page, this.#count(plan, shaped.values, options)]);
    const listed = await this.#readPage(plan, result, { request, offset: shaped.offset ?? 0, schema, options });
    // The last page counts what an estimate would only guess.
    const isCounted = total.isEstimate === true && listed.next === undefined && shaped.cursor === undefined;
    const isBeyond = listed.rows.length === 0 && (shaped.offset ?? 0) > 0;
    return isCounted && !isBeyond
      ? { ...listed, total: (shaped.offset ?? 0) + listed.rows.length }
      : { ...listed, ...total };
  }

  async #readPage(
    plan: ListPlan,
    result: { readonly rows: readonly (readonly unknown[])[] },
    about: {
      readonly request: ListRequest;
      readonly offset: number;
      readonly schema: SchemaDescription;
      readonly options: CallOptions;
    },
  ): Promise<ListResult> {
    const { request, offset, schema, options } = about;
    const { reader, pageSize } = plan;
    const hasMore = result.rows.length > pageSize;
    const count = hasMore ? pageSize : result.rows.length;
    const rows: RowInMaking[] = [];
    for (let index = 0; index < count; index += 1) rows.push(readRow(reader, result.rows[index] as readonly unknown[]));
    if (needsRelated(reader))
      await addRelatedRows(this.#related(schema, options), reader, rows, result.rows.slice(0, count));
    const isByKey = request.rowCursors === true && plan.cursorPositions !== undefined;
    const cursors = isByKey
      ? { rowCursors: result.rows.slice(0, count).map((row) => this.#cursorAfter(plan, row, 0)) }
      : {};
    if (!hasMore) return { rows, ...cursors };
    return {
      rows,
      ...cursors,
      next: this.#cursorAfter(plan, result.rows[count - 1] as readonly unknown[], offset + count),
    };
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
    const plan = this.#plans.read(schema, request);
    const values = keyValues(description, request.key, '/key');
    const { rows } = await this.#driver.run(plan.statement, fillSlots(plan.statement, values), options);
    const [found] = rows;
    if (found === undefined) return undefined;
    const row = readRow(plan.reader, found);
    if (needsRelated(plan.reader)) await addRelatedRows(this.#related(schema, options), plan.reader, [row], [found]);
    return row;
  }

  create(request: CreateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    return this.#writes.create(request, schema, options);
  }

  update(request: UpdateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]> {
    return this.#writes.update(request, schema, options);
  }

  delete(request: DeleteRequest, schema: SchemaDescription, options: WriteOptions): Promise<number> {
    return this.#writes.delete(request, schema, options);
  }

  async aggregate(
    request: AggregateRequest,
    schema: SchemaDescription,
    options: CallOptions,
  ): Promise<AggregateResult> {
    const { aggregates } = this.#plans.of(schema);
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
      plans: this.#plans.of(schema).related,
      run: (statement, parameters) => this.#driver.run(statement, parameters, options),
      options,
    };
  }
}

function needsRelated(reader: RowReader): boolean {
  return reader.manys.length > 0 || reader.ones.some((one) => needsRelated(one.reader));
}
