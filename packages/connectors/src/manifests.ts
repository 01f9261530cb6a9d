import type { ConnectorManifest } from '@fettle/sdk';
import { internalManifest } from './internal/manifest.ts';
import { mssqlManifest } from './mssql/manifest.ts';
import { mysqlManifest } from './mysql/manifest.ts';
import { postgresManifest } from './postgres/manifest.ts';
import { restManifest } from './rest/manifest.ts';
import { sqliteManifest } from './sqlite/manifest.ts';

/** The built-in connectors as data, without their code. */
export const connectorManifests: readonly ConnectorManifest[] = [
  postgresManifest,
  mysqlManifest,
  mssqlManifest,
  sqliteManifest,
  restManifest,
  internalManifest,
] as readonly unknown[] as readonly ConnectorManifest[];
