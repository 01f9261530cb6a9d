import { parseFilter, type Actor, type Filter, type Grant, type Sort } from '@fettle/access';
import { AppError, bug, inputError, notFound, type Clock } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import {
  decodeRowKey,
  type AggregateRequest,
  type AggregateResult,
  type Expand,
  type ListRequest,
  type ListResult,
  type Row,
  type RowChange,
  type RowKey,
  type TableDescription,
} from '@fettle/sdk';
import type { CallOptions, TablesCapability, WriteOptions } from '@fettle/sdk/server';
import { workspaceOf } from '../data-sources/data-sources.service.ts';
import type { KnownSchema, OpenSource } from '../data-sources/open-source.ts';
import type { OpenSources } from '../data-sources/open-sources.ts';
import { stampCreate, stampUpdate } from './actor-stamps.ts';
import { guardOf, type ColumnGuard } from './column-guard.ts';
import { assertExpandFits, tableLimits } from './request-limits.ts';
import type { TableTrial } from './table-trial.ts';
import type { WatchedWrites } from './watched-writes.ts';

/** Who works on which table, with the proof that they may. */
export interface TableCall {
  readonly grant: Grant;
  readonly actor: Actor;
  readonly environment: Environment;
  readonly dataSource: string;
  readonly table: string;
  readonly signal: AbortSignal;
  /** Rows are written on trial: nobody else sees them, nothing is started by them, and they are undone. */
  readonly trial?: TableTrial;
}

/** A list request as it comes in. */
export interface ListInput {
  readonly columns?: readonly string[];
  readonly expand?: Expand;
  readonly filter?: Filter;
  readonly search?: { readonly text: string; readonly columns?: readonly string[] };
  readonly sort?: readonly Sort[];
  readonly limit?: number;
  readonly cursor?: string;
  readonly rowCursors?: boolean;
  readonly offset?: number;
  readonly total?: 'none' | 'exact' | 'estimated';
}

/** An aggregate request as it comes in. */
export type AggregateInput = Omit<AggregateRequest, 'table' | 'limit'> & { readonly limit?: number };

/** Everything a table operation needs, found. */
export interface ReadyTable {
  readonly source: OpenSource;
  readonly known: KnownSchema;
  readonly table: TableDescription;
  readonly tables: TablesCapability;
  /** Undefined: every column may be named. */
  readonly guard: ColumnGuard | undefined;
  readonly options: CallOptions;
}

/**
 * Work on rows, for builders and for running apps alike. A request takes no detour: when the data source is open, the
 * way from here to the connector is synchronous.
 */
export class Tables {
  readonly #sources: OpenSources;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #watched: WatchedWrites;

  constructor(options: {
    readonly sources: OpenSources;
    readonly clock: Clock;
    readonly timeoutMs: number;
    readonly watched: WatchedWrites;
  }) {
    this.#sources = options.sources;
    this.#watched = options.watched;
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs;
  }

  list(call: TableCall, input: ListInput): Promise<ListResult> {
    return this.#with(call, (ready) => {
      const request = this.checkedList(ready, input);
      return ready.tables.list(request, ready.known.schema, ready.options);
    });
  }

  /** One row by the text of its key in an address. */
  get(call: TableCall, keyText: string): Promise<Row> {
    return this.#with(call, (ready) => {
      const key = decodeRowKey(ready.table.primaryKey, keyText);
      if (key === undefined) throw ready.table.primaryKey.length === 0 ? withoutKey() : badKey();
      return this.#read(ready, typedKey(ready.table, key), undefined, undefined);
    });
  }

  read(
    call: TableCall,
    input: { readonly key: RowKey; readonly columns?: readonly string[]; readonly expand?: Expand },
  ): Promise<Row> {
    return this.#with(call, (ready) => this.#read(ready, input.key, input.columns, input.expand));
  }

  create(call: TableCall, rows: readonly Row[]): Promise<readonly Row[]> {
    return this.#with(call, async (ready) => {
      const { guard, table } = ready;
      const stamp = { actor: call.actor, now: this.#clock.now() };
      const stamped = rows.map((row) => {
        guard?.assertWritten(row, 'create');
        return stampCreate(table, row, stamp);
      });
      const stored = await this.store(call, ready, stamped);
      return guard?.own === undefined ? stored : stored.map((row) => guard.visible(row));
    });
  }

  /** Adds rows that are as they are to be stored. */
  store(call: TableCall, ready: ReadyTable, rows: readonly Row[]): Promise<readonly Row[]> {
    return this.#write(call, ready, (tables, options) =>
      tables.create({ table: ready.table.id, rows }, ready.known.schema, options),
    );
  }

  update(call: TableCall, changes: readonly RowChange[]): Promise<readonly Row[]> {
    return this.#with(call, async (ready) => {
      const { guard, table } = ready;
      const stamp = { actor: call.actor, now: this.#clock.now() };
      const stamped = changes.map((change) => {
        if (guard !== undefined) {
          guard.assertWritten(change.values, 'update');
          if (change.expected !== undefined) guard.assertOwn(change.expected);
        }
        return { ...change, values: stampUpdate(table, change.values, stamp) };
      });
      try {
        const request = { table: table.id, changes: stamped };
        const stored = await this.#write(call, ready, (tables, options) =>
          tables.update(request, ready.known.schema, options),
        );
        return guard?.own === undefined ? stored : stored.map((row) => guard.visible(row));
      } catch (error) {
        throw withVisibleRows(error, guard);
      }
    });
  }

  delete(call: TableCall, keys: readonly RowKey[]): Promise<number> {
    return this.#with(call, (ready) =>
      this.#write(call, ready, (tables, options) =>
        tables.delete({ table: ready.table.id, keys }, ready.known.schema, options),
      ),
    );
  }

  #write<T>(
    { trial, ...call }: TableCall,
    ready: ReadyTable,
    write: (tables: TablesCapability, options: WriteOptions) => Promise<T>,
  ): Promise<T> {
    if (trial !== undefined) return write(trial.writing(ready.source), ready.options);
    return this.#watched.run(call, ready, (options) => write(ready.tables, options));
  }

  aggregate(call: TableCall, input: AggregateInput): Promise<AggregateResult> {
    return this.#with(call, (ready) => {
      const { guard } = ready;
      const filter = checkedFilter(input.filter, guard);
      if (guard !== undefined) {
        guard.assertPaths(input.groupBy.map((group) => group.column));
        guard.assertPaths(input.measures.flatMap((measure) => (measure.column === undefined ? [] : [measure.column])));
        const named = new Set([
          ...input.groupBy.map(({ column }) => column),
          ...input.measures.map(({ name }) => name),
        ]);
        guard.assertPaths((input.sort ?? []).map(({ column }) => column).filter((column) => !named.has(column)));
      }
      const request: AggregateRequest = {
        ...input,
        table: ready.table.id,
        limit: input.limit ?? 1000,
        ...(filter === undefined ? {} : { filter }),
      };
      return ready.tables.aggregate(request, ready.known.schema, ready.options);
    });
  }

  /** What a table operation needs; outside of `run`, for work that streams. */
  async prepare(call: TableCall, timeoutMs = this.#timeoutMs): Promise<ReadyTable> {
    return { ...(await this.#ready(call)), options: { signal: call.signal, timeoutMs } };
  }

  /** The request with every identifier checked and what is hidden left out. */
  checkedList(ready: ReadyTable, input: ListInput): ListRequest {
    const { guard } = ready;
    const limit = input.limit ?? tableLimits.defaultPage;
    if (input.expand !== undefined) assertExpandFits(input.expand, limit);
    const filter = checkedFilter(input.filter, guard);
    const request = { ...input, table: ready.table.id, limit, ...(filter === undefined ? {} : { filter }) };
    if (guard === undefined) return request;
    if (input.sort !== undefined) guard.assertPaths(input.sort.map(({ column }) => column));
    const columns = checkedColumns(guard, input.columns);
    const search = checkedSearch(guard, input.search);
    return {
      ...request,
      ...(columns === undefined ? {} : { columns }),
      ...(input.expand === undefined ? {} : { expand: guard.restrictExpand(input.expand) }),
      ...(search === undefined ? {} : { search }),
      // Without a primary key other columns complete the order, and a cursor tells their values.
      ...(ready.table.primaryKey.length > 0 || guard.own === undefined ? {} : { orderable: guard.own }),
    };
  }

  #read(
    ready: ReadyTable,
    key: RowKey,
    columns: readonly string[] | undefined,
    expand: Expand | undefined,
  ): Promise<Row> {
    const { guard, table } = ready;
    if (expand !== undefined) assertExpandFits(expand, 1);
    const chosen = guard === undefined ? columns : checkedColumns(guard, columns);
    const related = guard === undefined || expand === undefined ? expand : guard.restrictExpand(expand);
    const request = {
      table: table.id,
      key,
      ...(chosen === undefined ? {} : { columns: chosen }),
      ...(related === undefined ? {} : { expand: related }),
    };
    return ready.tables.read(request, ready.known.schema, ready.options).then((row) => {
      if (row === undefined) throw missingRow();
      return row;
    });
  }

  #with<T>(call: TableCall, work: (ready: ReadyTable) => Promise<T>): Promise<T> {
    const ready = this.#ready(call);
    if (ready instanceof Promise) return ready.then((found) => found.source.run(async () => work(found)));
    return ready.source.run(() => work(ready));
  }

  #ready(call: TableCall): ReadyTable | Promise<ReadyTable> {
    // No policy on rows exists yet; a grant that carries one must not be served as if it did not.
    if (call.grant.rowFilter !== undefined) throw bug('Row filters of grants are not applied to tables yet.');
    const workspaceId = workspaceOf(call.grant);
    const source = this.#sources.peek(workspaceId, call.dataSource, call.environment);
    if (source?.known !== undefined) return this.#readyIn(source, source.known, call);
    return this.#openFor(workspaceId, call);
  }

  async #openFor(workspaceId: string, call: TableCall): Promise<ReadyTable> {
    const source = await this.#sources.get(workspaceId, call.dataSource, call.environment);
    return this.#readyIn(source, await this.#sources.schemaOf(source), call);
  }

  #readyIn(source: OpenSource, known: KnownSchema, call: TableCall): ReadyTable {
    const table = this.#sources.tableOf(known, call.table);
    const tables = call.trial?.reading(source) ?? source.session.tables;
    if (tables === undefined) throw withoutTables();
    const guard = guardOf(call.grant, { dataSource: call.dataSource, known, table });
    return { source, known, table, tables, guard, options: { signal: call.signal, timeoutMs: this.#timeoutMs } };
  }
}

function checkedFilter(input: unknown, guard: ColumnGuard | undefined): Filter | undefined {
  if (input === undefined) return undefined;
  const parsed = parseFilter(input, '/filter');
  if (!parsed.ok) {
    throw inputError({
      code: 'filter.invalid',
      message: 'The filter is not valid.',
      hint: 'Correct the places that are named.',
      problems: parsed.error,
    });
  }
  guard?.assertFilter(parsed.value);
  return parsed.value;
}

function checkedColumns(guard: ColumnGuard, columns: readonly string[] | undefined): readonly string[] | undefined {
  if (columns === undefined) return guard.own;
  guard.assertPaths(columns);
  return columns;
}

function checkedSearch(guard: ColumnGuard, search: ListInput['search']): ListInput['search'] {
  if (search === undefined) return undefined;
  if (search.columns !== undefined) {
    guard.assertPaths(search.columns);
    return search;
  }
  if (guard.searchable === undefined) return search;
  if (guard.searchable.length > 0 || search.text === '') return { text: search.text, columns: guard.searchable };
  throw inputError({
    code: 'search.no-columns',
    message: 'There is no text column here to search.',
    hint: 'Use a filter instead.',
  });
}

function typedKey(table: TableDescription, key: RowKey): RowKey {
  const [name] = table.primaryKey;
  if (table.primaryKey.length !== 1 || name === undefined) return key;
  const type = table.columns.find((column) => column.name === name)?.type;
  const text = key[name];
  if (type !== 'integer' || typeof text !== 'string') return key;
  const number = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(number) ? { [name]: number } : key;
}

/** A conflict shows both rows; of the stored one only what the caller may see. */
function withVisibleRows(error: unknown, guard: ColumnGuard | undefined): unknown {
  if (!(error instanceof AppError) || error.kind !== 'conflict' || guard?.own === undefined) return error;
  const current = error.details?.['current'];
  if (typeof current !== 'object' || current === null) return error;
  return new AppError('conflict', {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, current: guard.visible(current as Row) },
  });
}

const missingRow = () =>
  notFound({ code: 'row.missing', message: 'There is no such row.', hint: 'It may have been deleted meanwhile.' });
const badKey = () =>
  inputError({
    code: 'row.key-invalid',
    message: 'This is not a key of the table.',
    hint: 'For several columns, give a JSON list of values.',
  });
const withoutKey = () =>
  inputError({
    code: 'table.no-key',
    message: 'The table has no primary key, so its rows cannot be read one by one.',
    hint: 'Give it a primary key in the database.',
  });
const withoutTables = () =>
  inputError({ code: 'data-source.no-tables', message: 'This data source has no tables.', hint: 'Use a query.' });
