import { createRequire } from 'node:module';
import type { Knex } from 'knex';

const require = createRequire(import.meta.url);
const BaseClient = require('knex/lib/dialects/better-sqlite3/index.js') as new (...parameters: readonly unknown[]) => object;

/** Knex's SQLite dialect as a compiler only: it never loads a driver. */
class SqliteCompilerClient extends BaseClient {
  _driver(): object {
    return {};
  }
}

/** For Knex's configuration. */
export const sqliteKnexClient = SqliteCompilerClient as unknown as typeof Knex.Client;
