import { conflict, notFound, type Json } from '@fettle/base';
import type { ColumnDescription, Row, RowChange, RowKey } from '@fettle/sdk';
import type { IndexedTable } from './schema-index.ts';
import { fitsColumn } from './values.ts';
import { comparesInSql } from './write-plan.ts';

/** The key of a row just inserted. Undefined when the database made it in a way that it cannot tell. */
export function insertedKey(table: IndexedTable, row: Row, insertId: number | string | undefined): RowKey | undefined {
  const { primaryKey } = table.description;
  const open = primaryKey.filter((name) => row[name] === undefined || row[name] === null);
  const [generated] = open;
  if (primaryKey.length === 0 || open.length > 1) return undefined;
  if (generated !== undefined && (insertId === undefined || insertId === 0)) return undefined;
  return Object.fromEntries(
    primaryKey.map((name) => [name, name === generated ? (insertId as Json) : (row[name] as Json)]),
  );
}

/** The key of a row after a change. */
export function newKey(table: IndexedTable, change: RowChange): RowKey {
  const { primaryKey } = table.description;
  return Object.fromEntries(primaryKey.map((name) => [name, (change.values[name] ?? change.key[name]) as Json]));
}

/** The key of a row; empty where it has none that is known. */
export function keyOf(table: IndexedTable, row: Row): RowKey {
  const { primaryKey } = table.description;
  if (primaryKey.some((name) => row[name] === undefined || row[name] === null)) return {};
  return Object.fromEntries(primaryKey.map((name) => [name, row[name] as Json]));
}

/** Whether what is expected of a row must be compared after reading it. */
export function needsReading(table: IndexedTable, change: RowChange): boolean {
  return Object.keys(change.expected ?? {}).some((name) => {
    const column = table.columns.get(name);
    return column !== undefined && !canCompareInSql(column, change.expected?.[name] ?? null);
  });
}

/** The expectations that the update itself can check. */
export function expectedInSql(table: IndexedTable, change: RowChange) {
  return Object.entries(change.expected ?? {})
    .filter(([name, value]) => {
      const column = table.columns.get(name);
      // An unknown name stays in, so that compiling names it.
      return column === undefined || canCompareInSql(column, value);
    })
    .map(([name, value]) => ({ name, isNull: value === null }));
}

/** What is stored may be no value that the column takes today, such as `0000-00-00` or a text in a number of SQLite. */
function canCompareInSql(column: ColumnDescription, value: Json): boolean {
  return value === null || (comparesInSql(column) && fitsColumn(value, column));
}

/** The error for a row that is not there. */
export function missingRow(table: IndexedTable, key: RowKey) {
  return notFound({
    code: 'row.not-found',
    message: `There is no row ${JSON.stringify(key)} in "${table.description.id}".`,
    hint: 'It may have been deleted. Reload the list.',
  });
}

/** The error for a row that is not what the caller saw. */
export function changedRow(current: Row, change: RowChange) {
  return conflict({
    code: 'row.changed',
    message: 'The row was changed by somebody else in the meantime.',
    hint: 'Look at both versions, then save again.',
    details: { current, yours: change.values },
  });
}
