import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock } from '@fettle/base';
import type { ConnectorContext } from '@fettle/sdk/server';
import type { Changes } from '../../changes/changes.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import type { WorkspaceExtensions } from '../../extensions/workspace-extensions.ts';
import type { RouteImplementation } from '../../http/implement-route.ts';
import type { Keys } from '../../keys/keys.ts';
import type { Log } from '../../log.ts';
import { createAddressResolver, type OwnDatabase } from '../../outbound/database-address.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { checkSecretKeys } from '../../secrets/check-secret-keys.ts';
import { keyForSecrets } from '../../secrets/key-for-secrets.ts';
import { createSecretBox } from '../../secrets/secret-box.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Happenings } from '../flows/triggers/happenings.ts';
import { createDatabaseContents, takeFilesIn } from '../files/contents/database-contents.ts';
import { createDiskContents } from '../files/contents/disk-contents.ts';
import { fileRoutes } from '../files/files.routes.ts';
import { Files } from '../files/files.service.ts';
import { createManagedData } from '../internal-data/managed-data.ts';
import { structureRoutes } from '../internal-data/structure.routes.ts';
import { Structure } from '../internal-data/structure.service.ts';
import { queryRoutes } from '../queries/queries.routes.ts';
import { Queries } from '../queries/queries.service.ts';
import { createDescribeTables, type DescribeTables } from '../tables/describe-tables.ts';
import { tableRoutes } from '../tables/tables.routes.ts';
import { Tables } from '../tables/tables.service.ts';
import type { WatchedWrites } from '../tables/watched-writes.ts';
import { storedSecretRoutes } from '../stored-secrets/stored-secrets.routes.ts';
import { StoredSecrets } from '../stored-secrets/stored-secrets.service.ts';
import { createConnectorRegistry } from './connector-registry.ts';
import { dataSourceRoutes } from './data-sources.routes.ts';
import { DataSources } from './data-sources.service.ts';
import { OpenSources } from './open-sources.ts';
import { createSourceUsage, type AppsOfWorkspace } from './source-usage.ts';

/** What the data features are made of. */
export interface DataFeaturesOptions {
  readonly database: Database;
  readonly config: Pick<
    Config,
    'dataFolder' | 'databaseUrl' | 'sqliteFolders' | 'maxSourceConnections' | 'queryTimeoutMs'
  >;
  readonly keys: Keys;
  readonly audit: Audit;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
  readonly extensions: WorkspaceExtensions;
  readonly appsOf: AppsOfWorkspace;
  /** Who wants to know of writes to tables. */
  readonly watched: WatchedWrites;
  /** Where to tell of what happens. */
  readonly happenings: Happenings;
  readonly outbound: Outbound;
}

/** The data half of the server: its routes, and what other features ask of it. */
export interface DataFeatures {
  readonly routes: readonly RouteImplementation[];
  readonly dataSources: DataSources;
  readonly sources: OpenSources;
  readonly secrets: StoredSecrets;
  readonly tables: Tables;
  readonly structure: Structure;
  readonly queries: Queries;
  readonly files: Files;
  /** Checks connections that leave this server otherwise than by requests, as it does those to databases. */
  readonly resolveAddress: ConnectorContext['resolveAddress'];
  readonly describeTables: DescribeTables;
  /** Refuses the start when a key for secrets is wrong. Call it after the migrations, before listening. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const limits = {
  idleConnectionMs: 60_000,
  connectTimeoutMs: 10_000,
  idleSessionMs: 10 * 60_000,
  maxSessions: 200,
  queue: 200,
  queueWaitMs: 10_000,
  introspectTimeoutMs: 60_000,
  testTimeoutMs: 20_000,
  queryRows: 5000,
} as const;

/** Wires data sources, tables, queries, internal data, the demo and files. */
export function createDataFeatures(options: DataFeaturesOptions): DataFeatures {
  const { audit, clock, config, database, log } = options;
  const dataFolder = resolve(config.dataFolder);
  const box = createSecretBox([keyForSecrets(options.keys)]);
  const { guard, fetch } = options.outbound;
  const defaultFolder = join(dataFolder, 'sqlite');
  const surroundings = {
    guard,
    fetch,
    ownDatabase: ownDatabaseOf(config.databaseUrl),
    fileRules: {
      folders: config.sqliteFolders.length === 0 ? [defaultFolder] : config.sqliteFolders,
      reserved: ['fettle.db', 'secrets.json', 'internal', 'demo', 'files', 'incoming'].map((name) =>
        join(dataFolder, name),
      ),
    },
    limits: {
      maxConnections: config.maxSourceConnections,
      idleTimeoutMs: limits.idleConnectionMs,
      connectTimeoutMs: limits.connectTimeoutMs,
    },
  };
  const connectors = createConnectorRegistry(options.extensions);
  const managed = createManagedData({ database, dataFolder, databaseUrl: config.databaseUrl, clock });
  const sources = new OpenSources({
    database,
    clock,
    changes: options.changes,
    log,
    box,
    connectors,
    surroundings,
    managedPlace: managed.place,
    gateLimits: { concurrency: config.maxSourceConnections, queue: limits.queue, waitMs: limits.queueWaitMs },
    maxOpen: limits.maxSessions,
    idleMs: limits.idleSessionMs,
    introspectTimeoutMs: limits.introspectTimeoutMs,
  });
  const dataSources = new DataSources({
    database,
    clock,
    audit,
    box,
    connectors,
    sources,
    surroundings,
    managed,
    usage: createSourceUsage(options.appsOf),
    testTimeoutMs: limits.testTimeoutMs,
  });
  const tables = new Tables({ sources, clock, timeoutMs: config.queryTimeoutMs, watched: options.watched });
  const queries = new Queries({
    sources,
    audit,
    limits: { timeoutMs: config.queryTimeoutMs, maxRows: limits.queryRows },
    catalogOf: options.extensions.catalogOf,
  });
  const structure = new Structure({ database, sources, audit, clock });
  const secrets = new StoredSecrets({ database, clock, audit, box });
  const filesFolder = join(dataFolder, 'files');
  const contents =
    database.kind === 'postgres'
      ? createDatabaseContents({ database, folder: join(dataFolder, 'incoming') })
      : createDiskContents(filesFolder);
  const files = new Files({ database, clock, contents, happenings: options.happenings });
  return {
    routes: [
      ...dataSourceRoutes(dataSources, connectors),
      ...tableRoutes(tables, clock),
      ...queryRoutes(queries),
      ...structureRoutes(structure),
      ...fileRoutes(files),
      ...storedSecretRoutes(secrets),
    ],
    dataSources,
    sources,
    secrets,
    tables,
    structure,
    queries,
    files,
    resolveAddress: createAddressResolver(guard, surroundings.ownDatabase, undefined),
    describeTables: createDescribeTables({ sources, log }),
    check: async () => {
      await checkSecretKeys(database.knex, box);
      if (config.sqliteFolders.length === 0) await mkdir(defaultFolder, { recursive: true, mode: 0o700 });
      if (database.kind !== 'postgres') return;
      const { taken, lost } = await takeFilesIn(database, filesFolder);
      if (taken > 0) log.info({ files: taken }, 'Files of the data folder were taken into the database');
      if (lost > 0) log.warn({ files: lost }, 'Files are neither in the database nor in this data folder');
    },
    close: () => sources.close(),
  };
}

function ownDatabaseOf(databaseUrl: string | undefined): OwnDatabase | undefined {
  if (databaseUrl === undefined) return undefined;
  const url = new URL(databaseUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
