import type { Filter } from '@fettle/access';
import { inputError, type Json } from '@fettle/base';
import type { Expand, ListRequest, ReadRequest, RowKey, SchemaDescription, TableDescription } from '@fettle/sdk';
import type { CompiledStatement, Compiler } from './compiler.ts';
import { shapeFilter } from './condition-shape.ts';
import { compileFilter, likePattern, ValueCounter } from './filter-sql.ts';
import { allOf, always, anyOf, joinFragments, Slot, sql, type Fragment } from './fragment.ts';
import {
  afterCursor,
  decodeCursor,
  foreignCursor,
  orderFingerprint,
  orderText,
  resolveOrder,
  type Order,
} from './order.ts';
import { planRows, SelectList, type RowReader } from './row-reader.ts';
import { tableOf, type IndexedTable } from './schema-index.ts';
import { Aliases, Scope } from './scope.ts';

/** A compiled list. */
export interface ListPlan {
  readonly statement: CompiledStatement;
  readonly reader: RowReader;
  readonly pageSize: number;
  readonly fingerprint: string;
  /** Where the values of the order stand in the result; undefined when pages continue by number. */
  readonly cursorPositions:
    | readonly { readonly position: number; readonly decode: ((value: unknown) => Json) | undefined }[]
    | undefined;
  readonly columnCount: number;
  readonly count: CompiledStatement | undefined;
  readonly estimate: CompiledStatement | undefined;
}

/** A list request with its shape as text and its values in order. */
export interface ShapedList {
  readonly key: string;
  readonly values: readonly Json[];
  readonly nulls: string | undefined;
  readonly cursor: ReturnType<typeof decodeCursor> | undefined;
  readonly offset: number | undefined;
}

const pageByNumber = 'page';

/** Takes a list request apart into its shape and its values. */
export function shapeList(request: ListRequest, compiler: Compiler): ShapedList {
  const { limit } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw wrongLimit();
  const values: Json[] = [];
  const { arrayParameters } = compiler.dialect.capabilities;
  let key = `list ${request.table}\n${limit} ${request.total ?? ''}`;
  if (request.columns !== undefined) key += `\nc${JSON.stringify(request.columns)}`;
  if (request.expand !== undefined) key += `\ne${JSON.stringify(request.expand)}`;
  if (request.sort !== undefined) key += `\ns${JSON.stringify(request.sort)}`;
  if (request.orderable !== undefined) key += `\nk${JSON.stringify(request.orderable)}`;
  if (request.filter !== undefined) key += `\nf${shapeFilter(request.filter, values, arrayParameters)}`;
  const search = request.search;
  if (search !== undefined && search.text.trim() !== '') {
    values.push(search.text);
    const isAscii = /^[\0-\x7F]*$/.test(search.text);
    key += `\n?${isAscii ? 'a' : 'u'}${search.columns === undefined ? '' : JSON.stringify(search.columns)}`;
  }
  let nulls: string | undefined;
  let cursor: ShapedList['cursor'];
  let { offset } = request;
  if (request.cursor !== undefined) {
    cursor = decodeCursor(request.cursor);
    if (cursor.values[0] === pageByNumber && typeof cursor.values[1] === 'number') {
      offset = cursor.values[1];
    } else {
      nulls = '';
      for (const value of cursor.values) {
        nulls += value === null ? 'n' : 'v';
        if (value !== null) values.push(value);
      }
      key += `\n>${nulls}`;
    }
  }
  if (offset !== undefined && offset !== 0) {
    if (!Number.isSafeInteger(offset) || offset < 0) throw wrongOffset();
    values.push(offset);
    key += '\no';
  }
  return { key, values, nulls, cursor, offset };
}

/** The values of a cursor that continues by row number, for tables without any key. */
export function numberCursor(offset: number): readonly Json[] {
  return [pageByNumber, offset];
}

/** Compiles a list request. */
export function compileList(
  compiler: Compiler,
  schema: SchemaDescription,
  request: ListRequest,
  shaped: ShapedList,
): ListPlan {
  const table = tableOf(schema, request.table);
  const scope = new Scope({ compiler, schema, table, aliases: new Aliases() });
  const counter = new ValueCounter();
  const list = new SelectList();
  const reader = planRows(scope, list, request);
  const order = resolveOrder(scope, request.sort ?? [], request.orderable);
  const matching = compileMatching(scope, request, counter);
  if (shaped.nulls !== undefined && shaped.nulls.length !== order.columns.length) throw foreignCursor();
  const after = shaped.nulls === undefined ? always : afterCursor(scope, order, shaped.nulls, counter);
  const cursorPositions = order.isTotal ? placeOrder(list, scope, order) : undefined;
  let builder = compiler.knex
    .select(list.items.map((item) => compiler.raw(item)))
    .from(compiler.raw(scope.from))
    .orderByRaw(compiler.raw(orderText(scope, order)));
  if (scope.joins.length > 0) builder = builder.joinRaw(compiler.raw(scope.joinText) as never);
  const where = allOf([matching, after]);
  if (where !== always) builder = builder.whereRaw(compiler.raw(where) as never);
  builder = builder.limit(request.limit + 1);
  if (shaped.offset !== undefined && shaped.offset !== 0) {
    builder = builder.offset(compiler.raw(sql`${new Slot(counter.take(), (value) => value)}`) as never);
  }
  return {
    statement: compiler.build(builder),
    reader,
    pageSize: request.limit,
    fingerprint: orderFingerprint(request.table, request.sort ?? []),
    cursorPositions,
    columnCount: list.items.length,
    count: compileCount(scope, request, matching),
    estimate: compileEstimate(scope, request),
  };
}

function placeOrder(list: SelectList, scope: Scope, order: Order): ListPlan['cursorPositions'] {
  return order.columns.map(({ column, reference }) => {
    const { expression, decode } = scope.compiler.dialect.read(column);
    const item = expression === undefined ? reference : expression(reference);
    return { position: list.placeItem(item), decode };
  });
}

/** The filter and the search of a request as one condition. */
export function compileMatching(
  scope: Scope,
  request: { readonly filter?: Filter; readonly search?: ListRequest['search'] },
  counter: ValueCounter,
): Fragment {
  const filter = request.filter === undefined ? always : compileFilter(scope, request.filter, counter, '/filter');
  const { search } = request;
  if (search === undefined || search.text.trim() === '') return filter;
  const { dialect } = scope.compiler;
  const index = counter.take();
  const paths = search.columns ?? searchableColumns(scope.table);
  const isAscii = /^[\0-\x7F]*$/.test(search.text);
  const found = paths.map((path, position) => {
    const { column, reference } = scope.resolve(path, `/search/columns/${position}`);
    const slot = new Slot(index, (value) => likePattern('contains', value));
    return dialect.like(dialect.asText(reference, column), slot, isAscii);
  });
  return allOf([filter, anyOf(found)]);
}

function searchableColumns(table: IndexedTable): readonly string[] {
  return table.description.columns
    .filter(({ type }) => type === 'text' || type === 'longText' || type === 'enum')
    .map((column) => column.name);
}

function compileCount(scope: Scope, request: ListRequest, matching: Fragment): CompiledStatement | undefined {
  if (request.total !== 'exact' && request.total !== 'estimated') return undefined;
  const where = matching === always ? sql`` : sql`where ${matching}`;
  return scope.compiler.finish(sql`select count(*) from ${scope.from} ${scope.joinText} ${where}`);
}

function compileEstimate(scope: Scope, request: ListRequest): CompiledStatement | undefined {
  const isFiltered = request.filter !== undefined || request.search !== undefined;
  if (request.total !== 'estimated' || isFiltered) return undefined;
  const { compiler, table } = scope;
  const { schema, name } = table.description;
  const text = compiler.dialect.estimate(compiler.table(table.description), { schema, name });
  return text === undefined ? undefined : compiler.finish(text);
}

/** A compiled read of one row by its key. */
export interface ReadPlan {
  readonly statement: CompiledStatement;
  readonly reader: RowReader;
}

/** Compiles the read of one row. The key's columns are the values, in the order of the primary key. */
export function compileRead(
  compiler: Compiler,
  schema: SchemaDescription,
  request: { readonly table: string; readonly columns?: readonly string[]; readonly expand?: Expand },
  lock = false,
): ReadPlan {
  const table = tableOf(schema, request.table);
  const scope = new Scope({ compiler, schema, table, aliases: new Aliases() });
  const list = new SelectList();
  const reader = planRows(scope, list, request);
  const where = keyCondition(scope, new ValueCounter());
  const { lockClause, lockHint } = compiler.dialect.capabilities;
  const [hint, clause] = lock ? [compiler.text(lockHint), compiler.text(lockClause)] : [sql``, sql``];
  const items = joinFragments(list.items, ', ');
  const text = sql`select ${items} from ${scope.from}${hint} ${scope.joinText} where ${where}${clause}`;
  return { statement: compiler.finish(text), reader };
}

/** The key's columns equal to the next values. */
export function keyCondition(scope: Scope, counter: ValueCounter): Fragment {
  const { columns, description } = scope.table;
  return joinFragments(
    requireKey(description).map((name) => {
      const column = columns.get(name);
      if (column === undefined) return always;
      return sql`${scope.reference(name)} = ${scope.compiler.parameter(column, counter.take(), `/key/${name}`)}`;
    }),
    ' and ',
  );
}

/** The table's primary key, or an error when it has none. */
export function requireKey(table: TableDescription): readonly string[] {
  if (table.primaryKey.length > 0) return table.primaryKey;
  throw inputError({
    code: 'data.no-key',
    message: `Table "${table.id}" has no primary key, so its rows cannot be read or changed one by one.`,
    hint: 'Add a primary key in the database and refresh the data source.',
  });
}

/** The values of a key in the order of the primary key. */
export function keyValues(table: TableDescription, key: RowKey, path: string): readonly Json[] {
  const primaryKey = requireKey(table);
  const extra = Object.keys(key).find((name) => !primaryKey.includes(name));
  const missing = primaryKey.find((name) => key[name] === undefined || key[name] === null);
  if (extra === undefined && missing === undefined) return primaryKey.map((name) => key[name] as Json);
  const message =
    extra === undefined ? `The key needs a value for "${missing}".` : `"${extra}" is not part of the primary key.`;
  throw inputError({
    code: 'data.key-invalid',
    message,
    hint: `The primary key of "${table.id}" is ${primaryKey.map((name) => `"${name}"`).join(', ')}.`,
    problems: [{ path: `${path}/${extra ?? missing}`, message, code: 'data.key-invalid' }],
  });
}

/** The shape of a read as text. */
export function readKey(request: ReadRequest): string {
  let key = `read ${request.table}`;
  if (request.columns !== undefined) key += `\nc${JSON.stringify(request.columns)}`;
  if (request.expand !== undefined) key += `\ne${JSON.stringify(request.expand)}`;
  return key;
}

function wrongLimit() {
  const message = 'The limit is a whole number from 1 to 1000.';
  return inputError({ code: 'data.limit-invalid', message, problems: [{ path: '/limit', message }] });
}

function wrongOffset() {
  const message = 'The offset is a whole number from 0.';
  return inputError({ code: 'data.offset-invalid', message, problems: [{ path: '/offset', message }] });
}
