import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ClientBase } from 'pg';

/** Statements on a metadata store that no server serves: `?` for each value. */
export interface SqlAccess {
  query<T>(text: string, values?: readonly unknown[]): Promise<readonly T[]>;
}

/** Statements on a SQLite file. */
export function onSqlite(database: DatabaseSync): SqlAccess {
  return {
    query: async <T>(text: string, values: readonly unknown[] = []) =>
      database.prepare(text).all(...(values as SQLInputValue[])) as T[],
  };
}

/** Statements on PostgreSQL. */
export function onPostgres(client: ClientBase): SqlAccess {
  return {
    query: async <T>(text: string, values: readonly unknown[] = []) => {
      let count = 0;
      return (
        await client.query(
          text.replaceAll('?', () => `$${(count += 1)}`),
          [...values],
        )
      ).rows as T[];
    },
  };
}
