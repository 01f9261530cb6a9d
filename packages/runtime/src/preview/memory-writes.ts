import { conflict, inputError, notFound, type Json } from '@fettle/base';
import type { ColumnMeaning, Row, RowChange, RowKey, TableDescription } from '@fettle/sdk';
import { findRow, tableIn } from './memory-reads.ts';
import type { MemoryStore, StoredRow } from './memory-store.ts';

/** Who changes rows, and when. */
export interface Stamp {
  readonly user: string;
  readonly now: () => number;
}

/** Adds rows, with defaults, numbers and stamps. All or none. */
export function createRows(store: MemoryStore, name: string, rows: readonly Row[], stamp: Stamp): readonly Row[] {
  const table = tableIn(store, name);
  const list = store.rowsOf(name);
  let last = Math.max(0, ...list.map((row) => Number(row['id']) || 0));
  const made: StoredRow[] = [];
  for (const given of rows) {
    last += 1;
    const row: StoredRow = {};
    for (const column of table.columns)
      row[column.name] =
        given[column.name] ?? (Object.hasOwn(given, column.name) ? null : (column.defaultValue ?? null));
    row['id'] = last;
    Object.assign(row, stamps(table, stamp, ['createdAt', 'createdBy', 'updatedAt', 'updatedBy']));
    for (const { name: own, meaning } of table.columns) if (meaning === 'autoNumber') row[own] = last;
    checkRow(store, table, row);
    made.push(row);
  }
  list.push(...made);
  return made.map((row) => ({ ...row }));
}

/** Changes rows. All or none. */
export function updateRows(
  store: MemoryStore,
  name: string,
  changes: readonly RowChange[],
  stamp: Stamp,
): readonly Row[] {
  const table = tableIn(store, name);
  const planned = changes.map(({ key, values, expected = {} }) => {
    const stored = findRow(store, name, key);
    if (stored === undefined)
      throw notFound({ code: 'row.missing', message: 'There is no such row.', hint: 'It may have been deleted.' });
    const isStale = Object.entries(expected).some(
      ([column, value]) => JSON.stringify(stored[column] ?? null) !== JSON.stringify(value),
    );
    if (isStale)
      throw conflict({ code: 'row.changed', message: 'The row was changed meanwhile.', details: { current: stored } });
    const row = { ...stored, ...values, ...stamps(table, stamp, ['updatedAt', 'updatedBy']) };
    checkRow(store, table, row, stored);
    return { stored, row };
  });
  for (const { stored, row } of planned) Object.assign(stored, row);
  return planned.map(({ row }) => row);
}

/** Deletes rows. What links to them loses its link; where it must have one, they stay. */
export function deleteRows(store: MemoryStore, name: string, keys: readonly RowKey[]): void {
  const gone = keys.map((key) => findRow(store, name, key)).filter((row) => row !== undefined);
  const links = [...store.tables].flatMap((table) =>
    table.relations
      .filter(
        ({ kind, table: target, through, columns }) =>
          kind === 'one' && target === name && through === undefined && columns[0] !== 'id',
      )
      .map((relation) => ({ table, column: relation.columns[0] ?? '' })),
  );
  const isHeld = (row: StoredRow, column: string): boolean => gone.some((one) => one['id'] === row[column]);
  for (const { table, column } of links) {
    const isRequired = table.columns.some((one) => one.name === column && !one.nullable);
    if (isRequired && store.rowsOf(table.id).some((row) => isHeld(row, column) && !gone.includes(row)))
      throw conflict({
        code: 'row.linked',
        message: `Rows of "${table.name}" need this row.`,
        hint: 'Change or delete them first.',
      });
  }
  for (const { table, column } of links)
    for (const row of store.rowsOf(table.id)) if (isHeld(row, column)) row[column] = null;
  const list = store.rowsOf(name);
  for (const row of gone) list.splice(list.indexOf(row), 1);
}

function stamps(table: TableDescription, { user, now }: Stamp, wanted: readonly ColumnMeaning[]): StoredRow {
  const at = new Date(now()).toISOString();
  return Object.fromEntries(
    table.columns
      .filter(({ meaning }) => meaning !== undefined && wanted.includes(meaning))
      .map(({ name, meaning }) => [name, meaning === 'createdAt' || meaning === 'updatedAt' ? at : user]),
  );
}

function checkRow(store: MemoryStore, table: TableDescription, row: StoredRow, itself?: StoredRow): void {
  const refuse = (column: string, message: string): never => {
    throw inputError({
      code: 'data.value-invalid',
      message,
      problems: [{ path: `/rows/0/${column}`, message, code: 'data.value-invalid' }],
    });
  };
  for (const { name, nullable, type, options } of table.columns) {
    const value: Json = row[name] ?? null;
    if (value === null && !nullable) refuse(name, `"${name}" is required.`);
    if (value !== null && type === 'enum' && options !== undefined && !options.includes(String(value)))
      refuse(name, `"${name}" takes one of its options.`);
  }
  for (const key of table.uniqueKeys) {
    const values = key.map((column) => row[column] ?? null);
    const isTaken =
      !values.includes(null) &&
      store
        .rowsOf(table.id)
        .some((other) => other !== itself && key.every((column, index) => other[column] === values[index]));
    if (isTaken)
      throw conflict({ code: 'data.not-unique', message: `There is already a row with this ${key.join(', ')}.` });
  }
}
