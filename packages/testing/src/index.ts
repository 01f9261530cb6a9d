export { createApiPerson } from './api-person.ts';
export type { ApiPerson } from './api-person.ts';
export { launchBrowser, unpackBrowser } from './browser.ts';
export {
  builtInCatalog,
  builtInComponents,
  builtInConnectors,
  builtInFlowActions,
  builtInFlowTriggers,
} from './built-in-extensions.ts';
export { createMysqlStore, createPostgresStore, createSqliteStore } from './chinook-databases.ts';
export type { StoreDatabase } from './chinook-databases.ts';
export { loadStoreRows } from './chinook-rows.ts';
export { storeTables } from './chinook-schema.ts';
export { findMysql, findPostgres } from './database-servers.ts';
export type { DatabaseServer } from './database-servers.ts';
export { startMailReceiver } from './mail-receiver.ts';
export type { MailReceiver, ReceivedMail } from './mail-receiver.ts';
export { findMqtt, findNats, findRabbit, findRedis } from './message-servers.ts';
// What stories speak the product's language with: they stand outside the packages.
export { bug } from '@fettle/base';
export { allRoutes, routes } from '@fettle/contract';
export type { AppInfo, DataSourceInfo, ReleaseInfo, RunnableApp } from '@fettle/contract';
export { appToJson, emptyApp, loadApp, mapDataSources, saveApp } from '@fettle/definition';
export type { App, AppFiles, Component, Screen } from '@fettle/definition';
export { applyCommand, parseCommand } from '@fettle/edit';
export type { Command } from '@fettle/edit';
export { checkTemplate, loadTemplate, templateDataSource } from '@fettle/template';
export type { Template } from '@fettle/template';
export { listScreenshots, readTemplateFolder } from '@fettle/template/folder';
