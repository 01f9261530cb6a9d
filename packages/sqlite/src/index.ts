export { createSqliteKnex } from './create-sqlite-knex.ts';
export type { SqliteKnexOptions } from './create-sqlite-knex.ts';
export { createStatementQueue } from './statement-queue.ts';
export type { RunStatement } from './statement-queue.ts';
export { SqliteConnection } from './sqlite-connection.ts';
export type { SqliteConnectionOptions, SqliteRunResult, SqliteValue } from './sqlite-connection.ts';
