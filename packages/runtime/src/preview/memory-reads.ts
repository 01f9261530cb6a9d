import { compareValues, matchesFilter, valueAt, type Sort } from '@fettle/access';
import { notFound, type Json } from '@fettle/base';
import type { Expand, ListRequest, ListResult, Row, RowKey, TableDescription } from '@fettle/sdk';
import type { MemoryStore, StoredRow } from './memory-store.ts';

const mostRelated = 100;

/** The description of a table that is there. */
export function tableIn(store: MemoryStore, name: string): TableDescription {
  const table = store.describe(name);
  if (table !== undefined) return table;
  throw notFound({ code: 'table.unknown', message: `There is no table "${name}".` });
}

/** A page of rows, as a server would answer it. */
export function listRows(store: MemoryStore, request: ListRequest): ListResult {
  const table = tableIn(store, request.table);
  const found = matchingRows(store, table, request);
  const start = request.cursor === undefined ? (request.offset ?? 0) : Number(request.cursor);
  const end = start + request.limit;
  const rows = found.slice(start, end).map((row) => shownRow(store, table, { row, ...request }));
  return {
    rows,
    ...(end < found.length ? { next: String(end) } : {}),
    ...(request.rowCursors === true ? { rowCursors: rows.map((_, index) => String(start + index + 1)) } : {}),
    ...(request.total === undefined || request.total === 'none' ? {} : { total: found.length }),
  };
}

/** One row by its key. */
export function readRow(
  store: MemoryStore,
  name: string,
  request: { readonly key: RowKey } & Pick<ListRequest, 'columns' | 'expand'>,
): Row | undefined {
  const table = tableIn(store, name);
  const row = findRow(store, name, request.key);
  return row === undefined ? undefined : shownRow(store, table, { row, ...request });
}

/** The stored row with a key. Keys from addresses are texts. */
export function findRow(store: MemoryStore, table: string, key: RowKey): StoredRow | undefined {
  const wanted = Object.entries(key);
  return store.rowsOf(table).find((row) => wanted.every(([column, value]) => String(row[column]) === String(value)));
}

/** The rows that pass filter and search, in order. */
export function matchingRows(
  store: MemoryStore,
  table: TableDescription,
  { filter, search, sort = [] }: Pick<ListRequest, 'filter' | 'search' | 'sort'>,
): readonly StoredRow[] {
  const text = search?.text.trim().toLowerCase() ?? '';
  const searched = search?.columns ?? textColumns(table);
  const rows = store
    .rowsOf(table.id)
    .map((row) => ({ row, linked: store.linked(table.id, row) }))
    .filter(({ linked }) => filter === undefined || matchesFilter(linked, filter))
    .filter(({ linked }) => text === '' || searched.some((column) => includes(valueAt(linked, column), text)));
  return rows.toSorted((a, b) => compareRows(a.linked, b.linked, sort)).map(({ row }) => row);
}

/** Compares by columns, then by the key in the direction of the last of them. */
export function compareRows(a: Row, b: Row, sort: readonly Sort[]): number {
  for (const { column, direction } of sort) {
    const [own, other] = [valueAt(a, column), valueAt(b, column)];
    // What has no value counts as the largest.
    const order =
      own === null || other === null ? Number(own === null) - Number(other === null) : compareValues(own, other);
    if (order !== 0) return direction === 'descending' ? -order : order;
  }
  const order = compareValues(a['id'] ?? null, b['id'] ?? null);
  return sort.at(-1)?.direction === 'descending' ? -order : order;
}

function textColumns({ columns }: TableDescription): readonly string[] {
  return columns.filter(({ type }) => ['text', 'longText', 'enum'].includes(type)).map(({ name }) => name);
}

function includes(value: Json, text: string): boolean {
  return value !== null && String(value).toLowerCase().includes(text);
}

function shownRow(
  store: MemoryStore,
  table: TableDescription,
  given: { readonly row: StoredRow; readonly columns?: readonly string[]; readonly expand?: Expand },
): Row {
  const { row, columns, expand = {} } = given;
  const names =
    columns === undefined ? table.columns.map(({ name }) => name) : [...new Set([...table.primaryKey, ...columns])];
  const shown: StoredRow = {};
  const linked = names.some((name) => name.includes('.')) ? store.linked(table.id, row) : row;
  for (const name of names) shown[name] = valueAt(linked, name);
  for (const [name, wanted] of Object.entries(expand)) {
    const relation = table.relations.find((candidate) => candidate.name === name);
    const target = relation === undefined ? undefined : store.describe(relation.table);
    if (relation === undefined || target === undefined) continue;
    const limit = relation.kind === 'one' ? 1 : (wanted.limit ?? mostRelated);
    const related = store
      .related(row, relation)
      .slice(0, limit)
      .map((other) => shownRow(store, target, { row: other, ...wanted }));
    shown[name] = relation.kind === 'one' ? (related[0] ?? null) : related;
  }
  return shown;
}
