import { compareValues, valueAt } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { AggregateRequest, AggregateResult, ColumnDescription, Measure, Row, TableDescription } from '@fettle/sdk';
import { matchingRows, tableIn } from './memory-reads.ts';
import type { MemoryStore } from './memory-store.ts';

type Bucket = NonNullable<AggregateRequest['groupBy'][number]['bucket']>;

/** Groups and measures over the rows of a table, as a server would answer them. */
export function aggregateRows(store: MemoryStore, request: AggregateRequest): AggregateResult {
  const table = tableIn(store, request.table);
  const groups = new Map<string, { readonly group: Record<string, Json>; readonly rows: Row[] }>();
  const { filter, groupBy, measures, sort = [] } = request;
  for (const stored of matchingRows(store, table, filter === undefined ? {} : { filter })) {
    const row = store.linked(table.id, stored);
    const group = Object.fromEntries(
      groupBy.map(({ column, bucket }) => [column, bucketOf(valueAt(row, column), bucket)]),
    );
    const key = JSON.stringify(Object.values(group));
    const known = groups.get(key) ?? { group, rows: [] };
    known.rows.push(row);
    groups.set(key, known);
  }
  if (groupBy.length === 0 && groups.size === 0) groups.set('', { group: {}, rows: [] });
  const order = [...sort, ...groupBy.map(({ column }) => ({ column, direction: 'ascending' as const }))];
  const rows = [...groups.values()]
    .map(({ group, rows: inside }): Row => ({
      ...group,
      ...Object.fromEntries(measures.map((measure) => [measure.name, measureOf(measure, inside, { store, table })])),
    }))
    .toSorted((a, b) => {
      for (const { column, direction } of order) {
        const difference = compareValues(a[column] ?? null, b[column] ?? null);
        if (difference !== 0) return direction === 'descending' ? -difference : difference;
      }
      return 0;
    });
  return { rows: rows.slice(0, request.limit), truncated: rows.length > request.limit };
}

interface Place {
  readonly store: MemoryStore;
  readonly table: TableDescription;
}

function measureOf({ function: name, column }: Measure, rows: readonly Row[], place: Place): Json {
  if (column === undefined) return rows.length;
  const values = rows.map((row) => valueAt(row, column)).filter((value) => value !== null);
  switch (name) {
    case 'count':
      return values.length;
    case 'countDistinct':
      return new Set(values.map((value) => JSON.stringify(value))).size;
    case 'minimum':
      return values.toSorted(compareValues)[0] ?? null;
    case 'maximum':
      return values.toSorted(compareValues).at(-1) ?? null;
    case 'sum':
    case 'average': {
      if (values.length === 0) return null;
      const sum = values.reduce<number>((total, value) => total + Number(value), 0);
      return written(name === 'sum' ? sum : sum / values.length, name, columnAt(place, column));
    }
  }
}

/** Decimals travel as texts with their digits, as a server sends them. */
function written(value: number, name: 'sum' | 'average', column: ColumnDescription | undefined): Json {
  if (column?.type === 'integer' && name === 'sum') return value;
  if (column?.type !== 'decimal') return value;
  return name === 'sum' && column.scale !== undefined ? value.toFixed(column.scale) : String(value);
}

function columnAt({ store, table }: Place, path: string): ColumnDescription | undefined {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return table.columns.find(({ name }) => name === first);
  const relation = table.relations.find(({ name }) => name === first);
  const target = relation === undefined ? undefined : store.describe(relation.table);
  return target === undefined ? undefined : columnAt({ store, table: target }, rest.join('.'));
}

/** The beginning of the span of time that a day or instant lies in: of the same form as what it is cut from. */
function bucketOf(value: Json, bucket: Bucket | undefined): Json {
  if (bucket === undefined || typeof value !== 'string') return value;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = new Date(value);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const starts: Readonly<Record<Bucket, () => number>> = {
    year: () => Date.UTC(year, 0, 1),
    quarter: () => Date.UTC(year, Math.floor(month / 3) * 3, 1),
    month: () => Date.UTC(year, month, 1),
    // Weeks begin on Monday.
    week: () => Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7)),
    day: () => Date.UTC(year, month, day),
    hour: () => Date.UTC(year, month, day, at.getUTCHours()),
  };
  const start = new Date(starts[bucket]()).toISOString();
  return isDay ? start.slice(0, 10) : start;
}
