import type { Knex } from 'knex';
import BaseClient from 'knex/lib/dialects/better-sqlite3/index.js';

/** Knex's SQLite dialect as a compiler only: it never loads a driver. */
class SqliteCompilerClient extends BaseClient {
  _driver(): object {
    return {};
  }
}

/** For Knex's configuration. */
export const sqliteKnexClient = SqliteCompilerClient as unknown as typeof Knex.Client;
