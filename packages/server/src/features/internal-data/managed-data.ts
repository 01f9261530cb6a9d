import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, bug, type Clock } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import { SqliteConnection } from '@fettle/sqlite';
import type { Database } from '../../database/database.ts';
import type { ManagedData } from '../data-sources/data-sources.service.ts';
import type { ManagedPlace, ResolvedSettings } from '../data-sources/source-connections.ts';
import { ensureDemoFile } from '../demo/create-demo-file.ts';

/** Where managed data lies. */
export interface ManagedDataOptions {
  readonly database: Database;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly clock: Clock;
}

const environments: readonly Environment[] = ['development', 'production'];
const demoConnector = 'core/sqlite';
const internalConnector = 'core/internal';

/**
 * Data that Fettle keeps for a workspace: internal tables (one SQLite file, or one PostgreSQL schema, per
 * environment) and the demo (one SQLite file).
 */
export function createManagedData(options: ManagedDataOptions): ManagedData & { readonly place: ManagedPlace } {
  const { database, dataFolder, databaseUrl } = options;
  const demoFile = (workspaceId: string): string => join(dataFolder, 'demo', `${plainId(workspaceId)}.sqlite`);
  let outbox: Promise<string> | undefined;
  const internalFile = (workspaceId: string, environment: Environment): string =>
    join(dataFolder, 'internal', plainId(workspaceId), `${environment}.sqlite`);
  return {
    connectorOf: (kind) => (kind === 'demo' ? demoConnector : internalConnector),
    place: async ({ kind, workspaceId, environment }): Promise<ResolvedSettings> => {
      if (kind === 'demo') {
        const file = demoFile(workspaceId);
        // With one database for several servers, another one may have it: one made here would be a different demo.
        if (databaseUrl !== undefined && !existsSync(file)) throw demoElsewhere();
        ensureDemoFile(file, options.clock.now());
        return { connector: demoConnector, settings: { file }, secrets: {}, ownFile: file };
      }
      if (databaseUrl !== undefined) {
        await ensureSchema(database, schemaName(workspaceId, environment));
        outbox ??= sharedOutbox(database);
        return postgresPlace(databaseUrl, { schema: schemaName(workspaceId, environment), outbox: await outbox });
      }
      const file = internalFile(workspaceId, environment);
      await ensureFile(file);
      return { connector: internalConnector, settings: { engine: 'sqlite', file }, secrets: {}, ownFile: file };
    },
    create: async (kind, workspaceId) => {
      if (kind === 'demo') ensureDemoFile(demoFile(workspaceId), options.clock.now());
      else if (databaseUrl === undefined)
        await Promise.all(environments.map((environment) => ensureFile(internalFile(workspaceId, environment))));
      else for (const environment of environments) await ensureSchema(database, schemaName(workspaceId, environment));
    },
    remove: async (kind, workspaceId) => {
      if (kind === 'demo') await removeFile(demoFile(workspaceId));
      else if (databaseUrl === undefined)
        await rm(dirname(internalFile(workspaceId, 'development')), { recursive: true, force: true });
      else
        for (const environment of environments)
          await database.knex.raw('drop schema if exists ?? cascade', [schemaName(workspaceId, environment)]);
    },
  };
}

/** Name of the PostgreSQL schema that holds a workspace's internal tables of one environment. */
export function schemaName(workspaceId: string, environment: Environment): string {
  return `fettle_${plainId(workspaceId)}_${environment}`;
}

function demoElsewhere(): AppError {
  return new AppError('unavailable', {
    code: 'demo.elsewhere',
    message: 'The demo data is not in the data folder of this server.',
    hint: 'Servers that share a database share a data folder too, or do without the demo: delete it and add it again. See the guide on scaling out.',
  });
}

// Ids are ours, but they become part of a path and of a schema's name.
function plainId(workspaceId: string): string {
  if (/^[a-z0-9_]{1,40}$/i.test(workspaceId)) return workspaceId;
  throw bug('The id of a workspace has an unexpected form.');
}

async function ensureSchema(database: Database, name: string): Promise<void> {
  await database.knex.raw('create schema if not exists ??', [name]);
}

async function ensureFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  new SqliteConnection({ filename: file }).close();
}

async function removeFile(file: string): Promise<void> {
  await Promise.all(['', '-wal', '-shm'].map((ending) => rm(`${file}${ending}`, { force: true })));
}

/** The metadata's own table of what is to be done after writes, so named that it is found from every schema. */
async function sharedOutbox(database: Database): Promise<string> {
  const { rows } = (await database.knex.raw('select current_schema() as name')) as { rows: { name: string }[] };
  return `"${(rows[0]?.name ?? 'public').replaceAll('"', '""')}"."flow_outbox"`;
}

function postgresPlace(
  databaseUrl: string,
  place: { readonly schema: string; readonly outbox: string },
): ResolvedSettings {
  return {
    connector: internalConnector,
    settings: { engine: 'postgres', ...place },
    secrets: { connectionString: databaseUrl },
    isOwnDatabase: true,
  };
}
