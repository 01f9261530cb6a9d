import type { Knex } from 'knex';
import type { Database } from './database.ts';

/** What a column holds. */
type ColumnType = 'text' | 'bigint' | 'boolean';

/** Inserts rows of one table, any number in one statement. */
export type InsertMany<Row> = (knex: Knex, kind: Database['kind'], rows: readonly Row[]) => Promise<void>;

/**
 * Makes a statement that takes all rows as one value: one value for each column of each row takes longer to send and to
 * read than to insert. `onConflict` is what follows the words "on conflict".
 */
export function insertMany<Row extends object>(options: {
  readonly table: string;
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
  readonly onConflict: string;
}): InsertMany<Row> {
  const columns = Object.entries<ColumnType>(options.columns);
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const head = `insert into ${options.table} (${names})`;
  const tail = `on conflict ${options.onConflict}`;
  const texts: Readonly<Record<Database['kind'], string>> = {
    postgres: `${head} select ${names} from json_to_recordset(?::json)
      as r(${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')}) ${tail}`,
    // Without "where" SQLite takes the conflict clause for a part of a join.
    sqlite: `${head} select ${columns.map(([name]) => `value ->> '${name}'`).join(', ')} from json_each(?) where true ${tail}`,
  };
  return async (knex, kind, rows) => {
    if (rows.length > 0) await knex.raw(texts[kind], [rowsAsOne(rows)]);
  };
}

/**
 * Rows as one JSON value, without what is null in them: the database takes a field that is missing for null, and reading
 * "null" dozens of times a row takes a quarter of what inserting it does.
 */
export function rowsAsOne<Row extends object>(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(withoutNulls));
}

function withoutNulls(row: object): object {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) if (value !== null) kept[name] = value;
  return kept;
}
