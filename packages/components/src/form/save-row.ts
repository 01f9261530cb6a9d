import { AppError, type Json } from '@fettle/base';
import type { Row, TableDescription } from '@fettle/sdk';
import { isEmptyValue } from '../inputs/check-value.ts';
import { isWritable } from '../inputs/value-kind.ts';
import type { FormStore } from './form-store.ts';

/** The values of a new row: what was entered, and nothing that the database fills in better itself. */
export function valuesToCreate(table: TableDescription, store: FormStore): Row {
  const entries = table.columns.flatMap((column): [string, Json][] => {
    if (!store.knows(column.name) || !isWritable(table, column)) return [];
    const value = store.valueOf(column.name);
    if (!isEmptyValue(value)) return [[column.name, value as Json]];
    if (column.type === 'boolean' && !column.nullable && !column.hasDefault) return [[column.name, false]];
    return store.isDirty(column.name) && column.nullable ? [[column.name, null]] : [];
  });
  return Object.fromEntries(entries);
}

/** The changed values of a row, with what they were when the person saw them. */
export function valuesToUpdate(
  table: TableDescription,
  store: FormStore,
): { readonly values: Row; readonly expected: Row } {
  const changed = store.dirtyFields().filter((field) => {
    const column = table.columns.find((candidate) => candidate.name === field);
    return column !== undefined && isWritable(table, column) && !table.primaryKey.includes(field);
  });
  const pick = (read: (field: string) => unknown): Row =>
    Object.fromEntries(
      changed.map((field) => [field, (isEmptyValue(read(field)) ? emptyOf(read(field)) : read(field)) as Json]),
    );
  return { values: pick((field) => store.valueOf(field)), expected: pick((field) => store.initialOf(field)) };
}

// An empty text that was stored as such is expected as such; what a person cleared becomes null.
function emptyOf(value: unknown): Json {
  return value === '' || Array.isArray(value) ? (value as Json) : null;
}

/** Spreads the server's complaints over the fields they name; what names none is left for the form. */
export function placeProblems(
  error: unknown,
  store: FormStore,
): { readonly fields: Readonly<Record<string, string>>; readonly rest: string | undefined } {
  const message = error instanceof Error ? error.message : 'The form could not be saved.';
  if (!(error instanceof AppError)) return { fields: {}, rest: message };
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const problem of error.problems ?? []) {
    const field = problem.path
      .split(/[/.]/)
      .toReversed()
      .find((part) => store.knows(part));
    if (field === undefined) others.push(problem.message);
    else fields[field] ??= problem.message;
  }
  const isPlaced = Object.keys(fields).length > 0;
  if (isPlaced && others.length === 0) return { fields, rest: undefined };
  return {
    fields,
    rest: [message, ...others, error.hint].filter((part) => part !== undefined && part !== '').join(' '),
  };
}
