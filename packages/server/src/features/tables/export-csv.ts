import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { inputError, isJsonObject, type Json } from '@fettle/base';
import type { ColumnType, Expand, ListRequest, Row } from '@fettle/sdk';
import { contentDisposition } from '../files/content-disposition.ts';
import { csvCell } from './csv-cells.ts';
import type { ListInput, ReadyTable, TableCall, Tables } from './tables.service.ts';

/** One column of the file: where its value is in a row. */
interface CsvColumn {
  readonly path: readonly string[];
  readonly type: ColumnType | undefined;
}

const exportTimeoutMs = 600_000;
const requestKeys: ReadonlySet<string> = new Set([
  'columns',
  'expand',
  'filter',
  'search',
  'sort',
  'limit',
  'cursor',
  'offset',
  'total',
]);

/** Writes all matching rows as CSV, page by page. A client that goes away ends the work in the database. */
export async function exportCsv(
  tables: Tables,
  call: TableCall,
  requestText: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const ready = await tables.prepare(call, exportTimeoutMs);
  const {
    limit: _limit,
    cursor: _cursor,
    offset: _offset,
    total: _total,
    ...request
  } = tables.checkedList(ready, {
    ...parseRequest(requestText),
    limit: 1,
  });
  const columns = columnsOf(ready, request);
  const leave = await ready.source.gate.enter();
  try {
    const pages = ready.tables.stream(request, ready.known.schema, ready.options)[Symbol.asyncIterator]();
    // The first page comes before the headers: what is wrong with the request is still answered as an error.
    const first = await pages.next();
    response.writeHead(200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': contentDisposition('attachment', `${ready.table.name}.csv`),
    });
    await pipeline(lines(columns, first, pages), response);
  } catch (error) {
    if (!call.signal.aborted) throw ready.source.clean(error);
  } finally {
    leave();
  }
}

async function* lines(
  columns: readonly CsvColumn[],
  first: IteratorResult<readonly Row[]>,
  pages: AsyncIterator<readonly Row[]>,
): AsyncIterable<string> {
  try {
    // The mark tells spreadsheets that the file is UTF-8.
    yield `\uFEFF${columns.map(({ path }) => csvCell(path.join('.'), undefined)).join(',')}\r\n`;
    for (let page = first; page.done !== true; page = await pages.next()) {
      yield page.value.map((row) => `${columns.map((column) => cellOf(row, column)).join(',')}\r\n`).join('');
    }
  } finally {
    await pages.return?.();
  }
}

function cellOf(row: Row, { path, type }: CsvColumn): string {
  let value: Json | undefined = row;
  for (const name of path) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : null;
  return csvCell(value, type);
}

function columnsOf(ready: ReadyTable, request: Pick<ListRequest, 'columns' | 'expand'>): readonly CsvColumn[] {
  const { table } = ready;
  const names = request.columns ?? table.columns.map((column) => column.name);
  const own = names.map((name) => ({ path: [name], type: table.columns.find((column) => column.name === name)?.type }));
  return [...own, ...relatedColumns(ready, table.id, request.expand ?? {}, [])];
}

/** Columns of related rows, where each row has at most one. */
function relatedColumns(
  ready: ReadyTable,
  tableId: string,
  expand: Expand,
  prefix: readonly string[],
): readonly CsvColumn[] {
  return Object.entries(expand).flatMap(([name, request]) => {
    const relation = ready.known.tables.get(tableId)?.relations.find((candidate) => candidate.name === name);
    const target = relation === undefined ? undefined : ready.known.tables.get(relation.table);
    if (relation?.kind !== 'one' || target === undefined) return [];
    const path = [...prefix, name];
    const names = request.columns ?? target.columns.map((column) => column.name);
    const columns = names.map((column) => ({
      path: [...path, column],
      type: target.columns.find((found) => found.name === column)?.type,
    }));
    return [...columns, ...relatedColumns(ready, target.id, request.expand ?? {}, path)];
  });
}

function parseRequest(text: string | undefined): ListInput {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest();
  }
  if (!isJsonObject(value) || Object.keys(value).some((key) => !requestKeys.has(key))) throw badRequest();
  const { columns, search, sort } = value as Record<string, unknown>;
  if (columns !== undefined && !isTextList(columns)) throw badRequest();
  if (sort !== undefined && !(Array.isArray(sort) && sort.length <= 10 && sort.every(isSort))) throw badRequest();
  if (search !== undefined && !isSearch(search)) throw badRequest();
  return value as unknown as ListInput;
}

function isTextList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= 1000 &&
    value.every((item) => typeof item === 'string' && item.length <= 260)
  );
}

function isSort(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { column, direction, ...rest } = value;
  return (
    typeof column === 'string' &&
    (direction === 'ascending' || direction === 'descending') &&
    Object.keys(rest).length === 0
  );
}

function isSearch(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { text, columns, ...rest } = value;
  return (
    typeof text === 'string' &&
    text.length <= 500 &&
    (columns === undefined || isTextList(columns)) &&
    Object.keys(rest).length === 0
  );
}

function badRequest() {
  return inputError({
    code: 'export.request-invalid',
    message: 'The request of the export is not valid.',
    hint: 'Give the JSON of a list request: columns, expand, filter, search, sort.',
  });
}
