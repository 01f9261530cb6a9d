import type { Knex } from 'knex';
import type { Database } from './database.ts';

/** What a column holds. */
type ColumnType = 'text' | 'bigint' | 'boolean';

/** Inserts rows of one table, any number in one statement. */
export type InsertMany<Row> = (knex: Knex, kind: Database['kind'], rows: readonly Row[]) => Promise<void>;

/**
 * Makes a statement that takes all rows as one value: one value for each column of each row takes longer to send and to
 * read than to insert. On PostgreSQL a column that says the same in all rows is sent once: reading it from the JSON of each
 * row takes longer than writing it. `onConflict` is what follows the words "on conflict".
 */
export function insertMany<Row extends object>(options: {
  readonly table: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
  readonly onConflict: string;
}): InsertMany<Row> {
  const columns = Object.entries<ColumnType>(options.columns);
  const head = `insert into ${options.table} (${columns.map(([name]) => `"${name}"`).join(', ')})`;
  const tail = `on conflict ${options.onConflict}`;
  // Without "where" SQLite takes the conflict clause for a part of a join.
  const sqlite = `${head} select ${columns.map(([name]) => `value ->> '${name}'`).join(', ')} from json_each(?) where true ${tail}`;
  return async (knex, kind, rows) => {
    if (rows.length === 0) return;
    if (kind === 'sqlite') await knex.raw(sqlite, [rowsAsOne(rows)]);
    else {
      const { select, values } = selectOf(columns, rows as unknown as readonly AnyRow[]);
      await knex.raw(`${head} ${select} ${tail}`, [...values]);
    }
  };
}

type Column = readonly [name: string, type: ColumnType];
/** A row, whatever its table: columns without a value are null. */
type AnyRow = Readonly<Record<string, Knex.RawBinding>>;

/** The rows as PostgreSQL selects them: what they share as values, the rest from JSON. */
function selectOf(
  columns: readonly Column[],
  rows: readonly AnyRow[],
): { readonly select: string; readonly values: readonly Knex.RawBinding[] } {
  const [first = {}, ...others] = rows;
  const own = columns.filter(([name]) => others.some((row) => row[name] !== first[name]));
  const isOwn = new Set(own.map(([name]) => name));
  const shared = columns.filter(([name]) => !isOwn.has(name));
  const selected = columns.map(([name, type]) => (isOwn.has(name) ? `r."${name}"` : `cast(? as ${type})`));
  // A list of columns must not be empty.
  const read = own.length === 0 ? 'nothing text' : own.map(([name, type]) => `"${name}" ${type}`).join(', ');
  return {
    select: `select ${selected.join(', ')} from json_to_recordset(?::json) as r(${read})`,
    values: [
      ...shared.map(([name]) => first[name] ?? null),
      columnsAsOne(
        rows,
        own.map(([name]) => name),
      ),
    ],
  };
}

/**
 * Rows as one JSON value, without what is null in them: the database takes a field that is missing for null, and reading
 * "null" dozens of times a row takes a quarter of what inserting it does.
 */
export function rowsAsOne(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => withoutNulls(row as AnyRow, Object.keys(row))));
}

/** The same of some columns alone. */
export function columnsAsOne(rows: readonly object[], names: readonly string[]): string {
  return JSON.stringify(rows.map((row) => withoutNulls(row as AnyRow, names)));
}

function withoutNulls(row: AnyRow, names: readonly string[]): object {
  const kept: Record<string, unknown> = {};
  for (const name of names) if (row[name] !== null) kept[name] = row[name];
  return kept;
}
