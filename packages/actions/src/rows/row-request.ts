import { parseFilter, type Filter } from '@fettle/access';
import { AppError, inputError, isJsonObject, type Json } from '@fettle/base';
import { decodeRowKey, type Row, type RowKey } from '@fettle/sdk';
import type { FlowActionContext } from '@fettle/sdk/server';
import { required } from '../required.ts';

/** Where a table is. */
export interface TablePlace {
  readonly dataSource: string;
  readonly table: string;
}

/** The table that a step's settings name. */
export function placeOf(settings: FlowActionContext['settings']): TablePlace {
  const place = required(settings['data'] as Partial<TablePlace> | undefined, 'Choose a table.');
  return {
    dataSource: required(place.dataSource, 'Choose a table.'),
    table: required(place.table, 'Choose a table.'),
  };
}

/** The filter of a step, checked: its values come from bindings. */
export function filterOf(value: unknown): Filter | undefined {
  if (value === undefined || value === null) return undefined;
  const filter = parseFilter(value);
  if (filter.ok) return filter.value;
  throw inputError({
    code: 'action.filter-invalid',
    message: 'The filter cannot be used.',
    hint: 'Look at the values that its bindings give.',
    problems: filter.error,
  });
}

/** Names of the key columns of a table whose rows can be told apart. */
export async function primaryKeyOf(context: FlowActionContext, place: TablePlace): Promise<readonly string[]> {
  const columns = await context.data.primaryKey(place.dataSource, place.table);
  if (columns.length > 0) return columns;
  throw inputError({
    code: 'action.table-without-key',
    message: `Rows of ${place.table} cannot be told apart: the table has no primary key.`,
    hint: 'Give the table a primary key, or use a query to change it.',
  });
}

/** The key in what a builder bound: a row or key object, or the value of a single key column. */
export function rowKeyOf(primaryKey: readonly string[], value: unknown): RowKey {
  const key = isJsonObject(value) ? keyFromObject(primaryKey, value) : keyFromValue(primaryKey, value);
  if (key !== undefined) return key;
  throw inputError({
    code: 'action.row-missing',
    message: 'There is no row to work on.',
    hint: `The step needs a row, or its ${primaryKey.join(' and ')}.`,
  });
}

function keyFromObject(primaryKey: readonly string[], value: Readonly<Record<string, Json>>): RowKey | undefined {
  const values = primaryKey.map((column) => [column, value[column]] as const);
  if (values.some(([, part]) => part === undefined || part === null)) return undefined;
  return Object.fromEntries(values) as RowKey;
}

function keyFromValue(primaryKey: readonly string[], value: unknown): RowKey | undefined {
  const [column] = primaryKey;
  if (column === undefined || value === undefined || value === null || value === '') return undefined;
  if (primaryKey.length === 1) return { [column]: value as Json };
  return typeof value === 'string' ? decodeRowKey(primaryKey, value) : undefined;
}

/** Column values as a row. */
export function valuesOf(value: unknown, hint: string): Row {
  const values = required(value, hint);
  if (isJsonObject(values)) return values;
  throw inputError({ code: 'action.values-invalid', message: 'Values must be given by column.', hint });
}

/** True for the error of a row that is not there. */
export function isMissingRow(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'not-found';
}
