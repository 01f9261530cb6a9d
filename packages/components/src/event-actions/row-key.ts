import { inputError, isJsonObject, notFound, type Json } from '@fettle/base';
import { decodeRowKey, type RowKey, type TableDescription } from '@fettle/sdk';
import type { DataHost, TablePlace } from '@fettle/sdk/react';

/** The description of a table an action names, or an error that says what to do. */
export function describeTable(data: DataHost, place: TablePlace): TableDescription {
  const table = data.describe(place);
  if (table === undefined) {
    throw notFound({
      code: 'action.table-unknown',
      message: `The table ${place.table} is not there, or you may not use it.`,
      hint: 'Ask whoever built this app to check the action and your role.',
    });
  }
  if (table.primaryKey.length === 0) {
    throw inputError({
      code: 'action.table-without-key',
      message: `Rows of ${table.name} cannot be told apart: the table has no primary key.`,
      hint: 'Give the table a primary key, or use a query to change it.',
    });
  }
  return table;
}

/**
 * The key of a row from what a builder bound: a row or key object, the value of a single key column, or the text of a
 * composite key as in addresses.
 */
export function rowKeyOf(table: TableDescription, value: unknown): RowKey {
  const key = isJsonObject(value) ? keyFromObject(table, value) : keyFromValue(table, value);
  if (key === undefined) {
    throw inputError({
      code: 'action.row-missing',
      message: 'There is no row to work on.',
      hint: `The action needs a row of ${table.name}, or its ${table.primaryKey.join(' and ')}.`,
    });
  }
  return key;
}

function keyFromObject(table: TableDescription, value: Readonly<Record<string, Json>>): RowKey | undefined {
  const values = table.primaryKey.map((column) => [column, value[column]] as const);
  if (values.some(([, part]) => part === undefined || part === null)) return undefined;
  return Object.fromEntries(values) as RowKey;
}

function keyFromValue(table: TableDescription, value: unknown): RowKey | undefined {
  const [column] = table.primaryKey;
  if (column === undefined || value === undefined || value === null || value === '') return undefined;
  if (table.primaryKey.length === 1) return { [column]: value as Json };
  return typeof value === 'string' ? decodeRowKey(table.primaryKey, value) : undefined;
}
