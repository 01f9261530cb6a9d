import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { asNumber } from '../chart/chart-data.ts';
import { dateSpans, startOf } from './date-spans.ts';

/** A value of an axis: as stored, and as it is called. */
export interface AxisValue {
  readonly value: Json;
  readonly label: string;
}

/** What a matrix shows: its axes, and a number where they cross. */
export interface MatrixCells {
  readonly rows: readonly AxisValue[];
  readonly columns: readonly AxisValue[];
  /** By row, then column; null where there are no rows. */
  readonly cells: readonly (readonly (number | null)[])[];
  readonly largest: number;
}

/** What groups are read by. */
export interface MatrixAxes {
  readonly rowColumn: string;
  readonly columnColumn: string;
  readonly columnBucket: 'none' | 'year' | 'quarter' | 'month' | 'week' | 'day';
  readonly rowValues: readonly { readonly value: string; readonly label?: string | undefined }[];
  readonly columnValues: readonly { readonly value: string; readonly label?: string | undefined }[];
}

/** Puts groups (one per pair of values, the measure under `measure`) into the cells of a matrix. */
export function matrixCells(
  groups: readonly Row[],
  axes: MatrixAxes,
  options: {
    readonly measure: string;
    readonly write: (value: Json) => string;
    readonly writeSpan: (value: Json) => string;
  },
): MatrixCells {
  const { columnColumn, columnBucket } = axes;
  const across = (group: Row): Json =>
    columnBucket === 'none' ? (group[columnColumn] ?? null) : (startOf(group[columnColumn] ?? null)[0] ?? null);
  const rows = axisOf(groups, axes.rowColumn, axes.rowValues, options.write);
  const columns =
    columnBucket === 'none'
      ? axisOf(groups, columnColumn, axes.columnValues, options.write)
      : dateSpans(groups.map(across), columnBucket).map((value) => ({ value, label: options.writeSpan(value) }));
  const found = new Map(
    groups.map((group) => [cellKey(group[axes.rowColumn] ?? null, across(group)), asNumber(group[options.measure])]),
  );
  const cells = rows.map((row) => columns.map((column) => found.get(cellKey(row.value, column.value)) ?? null));
  return { rows, columns, cells, largest: Math.max(0, ...cells.flat().map((value) => Math.abs(value ?? 0))) };
}

/** Databases answer numbers and texts; a builder writes texts. Both are the same value here. */
function cellKey(row: Json, column: Json): string {
  return JSON.stringify([textKey(row), textKey(column)]);
}

function textKey(value: Json): string | null {
  return value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function axisOf(
  groups: readonly Row[],
  column: string,
  given: MatrixAxes['rowValues'],
  write: (value: Json) => string,
): readonly AxisValue[] {
  const found = new Map(groups.map((group) => [textKey(group[column] ?? null), group[column] ?? null]));
  if (given.length === 0)
    return [...found.values()].toSorted(compareValues).map((value) => ({ value, label: labelOf(value, write) }));
  return given.map(({ value, label }) => {
    // As the database has it, where it has it: expressions compute with the number, not with its text.
    const stored = found.get(value) ?? asStored(value);
    return { value: stored, label: label === undefined || label === '' ? labelOf(stored, write) : label };
  });
}

function asStored(value: string): Json {
  const number = asNumber(value);
  return number !== null && String(number) === value ? number : value;
}

function labelOf(value: Json, write: (value: Json) => string): string {
  return value === null || value === '' ? 'None' : write(value);
}

function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
