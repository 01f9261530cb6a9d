export { launchBrowser } from './browser.ts';
export { builtInCatalog, builtInComponents, builtInConnectors } from './built-in-extensions.ts';
export { createMysqlStore, createPostgresStore, createSqliteStore } from './chinook-databases.ts';
export type { StoreDatabase } from './chinook-databases.ts';
export { loadStoreRows } from './chinook-rows.ts';
export { storeTables } from './chinook-schema.ts';
export { findMysql, findPostgres } from './database-servers.ts';
export type { DatabaseServer } from './database-servers.ts';
