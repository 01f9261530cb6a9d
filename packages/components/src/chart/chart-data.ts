import { isJsonObject, labelFromName, type Json } from '@fettle/base';
import type { AggregateRequest, DataSetting, Measure, Row } from '@fettle/sdk';

/** A span of time that makes one group. */
export type Bucket = 'none' | 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour';

/** What a chart asks of its data, whatever that is. */
export interface ChartQuestion {
  readonly category: string;
  readonly bucket: Bucket;
  readonly measures: readonly {
    readonly function: Measure['function'];
    readonly column?: string | undefined;
    readonly label?: string | undefined;
  }[];
  readonly splitBy?: string | undefined;
  readonly sort: 'category' | 'categoryDescending' | 'valueDescending' | 'value';
  readonly limit: number;
}

/** What a chart draws: one value per category and series. */
export interface ChartTable {
  readonly categories: readonly Json[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

const measureName = (index: number): string => `value${index}`;

/** Measures that make sense: all but those whose column is still missing. */
function readyMeasures(question: ChartQuestion): readonly Measure[] {
  const ready = question.measures
    .filter((measure) => measure.function === 'count' || (measure.column ?? '') !== '')
    .map((measure, index) => ({
      name: measureName(index),
      function: measure.function,
      ...(measure.column === undefined || measure.column === '' ? {} : { column: measure.column }),
    }));
  return isSplit(question) ? ready.slice(0, 1) : ready;
}

function isSplit(question: ChartQuestion): question is ChartQuestion & { readonly splitBy: string } {
  return question.splitBy !== undefined && question.splitBy !== '' && question.splitBy !== question.category;
}

/** The request that answers the question from a table. Undefined when no value is chosen yet. */
export function aggregateRequestOf(
  question: ChartQuestion,
  filter: Extract<DataSetting, { kind: 'table' }>['filter'],
): Omit<AggregateRequest, 'table'> | undefined {
  const measures = readyMeasures(question);
  if (measures.length === 0) return undefined;
  const byCategory = question.sort === 'category' || question.sort === 'categoryDescending';
  const isDescending = question.sort === 'categoryDescending' || question.sort === 'valueDescending';
  return {
    groupBy: [
      { column: question.category, ...(question.bucket === 'none' ? {} : { bucket: question.bucket }) },
      ...(isSplit(question) ? [{ column: question.splitBy }] : []),
    ],
    measures,
    sort: [
      { column: byCategory ? question.category : measureName(0), direction: isDescending ? 'descending' : 'ascending' },
    ],
    // A split has several groups per category; the categories are cut after they are put together.
    limit: isSplit(question) ? 1000 : question.limit,
    ...(filter === undefined ? {} : { filter }),
  };
}

/** Groups and measures rows that are already here, as a table would. */
export function groupRows(rows: readonly Row[], question: ChartQuestion): readonly Row[] {
  const measures = readyMeasures(question);
  const groups = new Map<string, { readonly group: Row; readonly members: Row[] }>();
  for (const row of rows) {
    const group: Row = {
      [question.category]: cutToBucket(row[question.category] ?? null, question.bucket),
      ...(isSplit(question) ? { [question.splitBy]: row[question.splitBy] ?? null } : {}),
    };
    const key = JSON.stringify(group);
    const entry = groups.get(key) ?? { group, members: [] };
    entry.members.push(row);
    groups.set(key, entry);
  }
  return [...groups.values()].map(({ group, members }) => ({
    ...group,
    ...Object.fromEntries(measures.map((measure) => [measure.name, measureOf(members, measure)])),
  }));
}

/** Measures rows that are already here, as a table would. */
export function measureOf(rows: readonly Row[], measure: Measure): Json {
  const { column } = measure;
  if (column === undefined) return rows.length;
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  if (measure.function === 'count') return values.length;
  if (measure.function === 'countDistinct') return new Set(values.map((value) => JSON.stringify(value))).size;
  const numbers = values.map(Number).filter(Number.isFinite);
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (measure.function === 'sum') return sum;
  if (measure.function === 'average') return sum / numbers.length;
  return numbers.reduce((best, value) =>
    measure.function === 'minimum' ? Math.min(best, value) : Math.max(best, value),
  );
}

/** The start of the span that a date or instant falls into, as `2024-05-01` (or with an hour). */
function cutToBucket(value: Json, bucket: Bucket): Json {
  if (bucket === 'none' || typeof value !== 'string') return value;
  const date = new Date(value.length === 10 ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(date.getTime())) return value;
  if (bucket === 'hour') return `${date.toISOString().slice(0, 13)}:00:00Z`;
  if (bucket === 'year') date.setUTCMonth(0, 1);
  if (bucket === 'quarter') date.setUTCMonth(date.getUTCMonth() - (date.getUTCMonth() % 3), 1);
  if (bucket === 'month') date.setUTCDate(1);
  if (bucket === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Turns groups into categories and series, in the order and number that the question asks for. */
export function chartTableOf(groups: readonly Row[], question: ChartQuestion): ChartTable {
  const keyOf = (row: Row): string => JSON.stringify(row[question.category] ?? null);
  const byCategory = Map.groupBy(groups, keyOf);
  const categories = [...byCategory.values()]
    .map((rows) => ({ value: rows[0]?.[question.category] ?? null, rows, weight: weightOf(rows) }))
    .toSorted((a, b) => compareCategories(a, b, question.sort))
    .slice(0, question.limit);
  const series = seriesOf(groups, question).map(({ name, pick }) => ({
    name,
    values: categories.map(({ rows }) => pick(rows)),
  }));
  return { categories: categories.map(({ value }) => value), series };
}

interface Series {
  readonly name: string;
  readonly pick: (rows: readonly Row[]) => number | null;
}

function seriesOf(groups: readonly Row[], question: ChartQuestion): readonly Series[] {
  if (isSplit(question)) {
    const { splitBy } = question;
    const values = [
      ...new Map(groups.map((row) => [JSON.stringify(row[splitBy] ?? null), row[splitBy] ?? null])).values(),
    ];
    return values.map((value) => ({
      name: value === null || value === '' ? 'None' : isJsonObject(value) ? JSON.stringify(value) : String(value),
      pick: (rows) =>
        asNumber(rows.find((row) => JSON.stringify(row[splitBy] ?? null) === JSON.stringify(value))?.[measureName(0)]),
    }));
  }
  const labels = question.measures
    .filter((measure) => measure.function === 'count' || (measure.column ?? '') !== '')
    .map(measureLabel);
  return labels.map((name, index) => ({ name, pick: (rows) => asNumber(rows[0]?.[measureName(index)]) }));
}

/** What a measure is called when its builder gave it no name. */
export function measureLabel(measure: ChartQuestion['measures'][number]): string {
  if (measure.label !== undefined && measure.label !== '') return measure.label;
  const column = labelFromName(measure.column ?? '');
  switch (measure.function) {
    case 'count':
      return 'Rows';
    case 'countDistinct':
      return `Different values of ${column.toLowerCase()}`;
    case 'sum':
      return column;
    case 'average':
      return `Average ${column.toLowerCase()}`;
    case 'minimum':
      return `Smallest ${column.toLowerCase()}`;
    case 'maximum':
      return `Largest ${column.toLowerCase()}`;
  }
}

function weightOf(rows: readonly Row[]): number {
  return rows.reduce((total, row) => total + (asNumber(row[measureName(0)]) ?? 0), 0);
}

/** Databases give decimals and large integers as text; drawings need numbers. */
export function asNumber(value: Json | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function compareCategories(
  a: { readonly value: Json; readonly weight: number },
  b: { readonly value: Json; readonly weight: number },
  sort: ChartQuestion['sort'],
): number {
  if (sort === 'value') return a.weight - b.weight;
  if (sort === 'valueDescending') return b.weight - a.weight;
  const order = compareValues(a.value, b.value);
  return sort === 'category' ? order : -order;
}

function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
