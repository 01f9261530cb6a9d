import { implementConnector, type ConnectorExtension } from '@fettle/sdk/server';
import { internalManifest } from './internal/manifest.ts';
import { mssqlManifest } from './mssql/manifest.ts';
import { mysqlManifest } from './mysql/manifest.ts';
import { postgresManifest } from './postgres/manifest.ts';
import { restManifest } from './rest/manifest.ts';
import { sqliteManifest } from './sqlite/manifest.ts';

/** The built-in connectors. The code of each is loaded when a data source of its kind is first used. */
export const connectors: readonly ConnectorExtension[] = [
  implementConnector(postgresManifest, async () => (await import('./postgres/server.ts')).postgres),
  implementConnector(mysqlManifest, async () => (await import('./mysql/server.ts')).mysql),
  implementConnector(mssqlManifest, async () => (await import('./mssql/server.ts')).mssql),
  implementConnector(sqliteManifest, async () => (await import('./sqlite/server.ts')).sqlite),
  implementConnector(restManifest, async () => (await import('./rest/server.ts')).rest),
  implementConnector(internalManifest, async () => (await import('./internal/server.ts')).internal),
];
