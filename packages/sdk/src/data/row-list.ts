import { compareValues, matchesFilter, valueAt, type Sort } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { AggregateRequest, AggregateResult, ListRequest, ListResult, Measure } from './requests.ts';
import type { Row, TableDescription } from './table.ts';

/** The rows that a request is about. */
export function selectRows(
  rows: readonly Row[],
  table: TableDescription,
  request: Pick<ListRequest, 'filter' | 'search'>,
): readonly Row[] {
  const { filter, search } = request;
  const columns = search?.columns ?? table.columns.map((column) => column.name);
  return rows
    .filter((row) => filter === undefined || matchesFilter(row, filter))
    .filter(
      (row) =>
        search === undefined ||
        columns.some((column) =>
          String(row[column] ?? '')
            .toLowerCase()
            .includes(search.text.toLowerCase()),
        ),
    );
}

/** Rows in the order that was asked for. */
export function sortRows(rows: readonly Row[], sort: readonly Sort[] = []): readonly Row[] {
  return rows.toSorted((a, b) => {
    for (const { column, direction } of sort) {
      const order = compareValues(valueAt(a, column), valueAt(b, column));
      if (order !== 0) return direction === 'ascending' ? order : -order;
    }
    return 0;
  });
}

/** One page of rows; its cursor is a number. */
export function pageOf(rows: readonly Row[], request: Omit<ListRequest, 'table'>): ListResult {
  const start = request.cursor === undefined ? (request.offset ?? 0) : Number(request.cursor);
  const end = start + request.limit;
  return {
    rows: rows.slice(start, end),
    ...(end < rows.length ? { next: String(end) } : {}),
    ...(request.total === undefined || request.total === 'none' ? {} : { total: rows.length }),
    ...(request.total === 'estimated' ? { isEstimate: true } : {}),
  };
}

const bucketLengths = { year: 4, quarter: 7, month: 7, week: 10, day: 10, hour: 13 } as const;

/** Groups of rows with their measures. */
export function aggregateRows(rows: readonly Row[], request: Omit<AggregateRequest, 'table'>): AggregateResult {
  const groups = new Map<string, { readonly group: Row; readonly rows: Row[] }>();
  for (const row of rows) {
    const group = Object.fromEntries(
      request.groupBy.map(({ column, bucket }) => {
        const value = valueAt(row, column);
        return [column, bucket === undefined || value === null ? value : String(value).slice(0, bucketLengths[bucket])];
      }),
    );
    const key = JSON.stringify(group);
    const entry = groups.get(key) ?? { group, rows: [] };
    entry.rows.push(row);
    groups.set(key, entry);
  }
  const result = [...groups.values()].map(({ group, rows: members }) => ({
    ...group,
    ...Object.fromEntries(request.measures.map((measure) => [measure.name, measureRows(members, measure)])),
  }));
  const sorted = sortRows(result, request.sort);
  return { rows: sorted.slice(0, request.limit), truncated: sorted.length > request.limit };
}

function measureRows(rows: readonly Row[], measure: Measure): Json {
  const { column } = measure;
  if (column === undefined) return rows.length;
  const values = rows.map((row) => valueAt(row, column)).filter((value) => value !== null);
  const numbers = values.map(Number);
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (measure.function) {
    case 'count':
      return values.length;
    case 'countDistinct':
      return new Set(values.map((value) => JSON.stringify(value))).size;
    case 'sum':
      return sum;
    case 'average':
      return values.length === 0 ? null : sum / values.length;
    case 'minimum':
      return values.toSorted(compareValues)[0] ?? null;
    case 'maximum':
      return values.toSorted(compareValues).at(-1) ?? null;
  }
}
