import type { FlowActionExtension, FlowTriggerExtension } from '@fettle/sdk/server';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Clock } from '@fettle/base';
import { createServer } from '../compose.ts';
import { loadConfig } from '../config.ts';
import type { RunningServer } from '../listen.ts';
import type { WebFolders } from '../http/web-pages.ts';
import { createLog } from '../log.ts';
import { createMemoryConnector, type MemoryRows } from './memory-connector.ts';
import { generateTestApp } from './test-apps.ts';
import { testCatalog } from './test-catalog.ts';
import { createTestClient, type TestClient } from './test-client.ts';

/** The stores every suite runs on. */
export const storeKinds = ['sqlite', 'postgres'] as const;

/** A server on a fresh, empty store. */
export interface TestServer {
  readonly url: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly setupToken: string;
  readonly memory: MemoryRows;
  /** Lines of the log. */
  readonly log: string[];
  client(options?: { readonly apiKey?: string }): TestClient;
  /** A second process on the same store, as far as one process can be two. */
  startAnother(environment?: Readonly<Record<string, string>>): Promise<RunningServer>;
  stop(): Promise<void>;
}

const postgresUrl = process.env['FETTLE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Starts a server. `stop` removes everything it made. */
export async function startTestServer(
  kind: (typeof storeKinds)[number],
  options: {
    readonly clock?: Clock;
    readonly environment?: Readonly<Record<string, string>>;
    readonly web?: WebFolders;
    readonly flowActions?: readonly FlowActionExtension[];
    readonly flowTriggers?: readonly FlowTriggerExtension[];
  } = {},
): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'fettle-server-'));
  const store = kind === 'postgres' ? await createPostgresDatabase() : undefined;
  const { extension, memory } = createMemoryConnector();
  const log: string[] = [];
  const configOf = (more: Readonly<Record<string, string>> = {}) =>
    loadConfig({
      FETTLE_DATA_DIR: dataFolder,
      PORT: '0',
      FETTLE_LOG_LEVEL: 'debug',
      ...(store === undefined ? {} : { DATABASE_URL: store.url, FETTLE_DATABASE_CONNECTIONS: '4' }),
      ...options.environment,
      ...more,
    });
  const start = (config = configOf()): Promise<RunningServer> =>
    createServer({
      config,
      connectors: [extension],
      catalog: testCatalog,
      generateApp: generateTestApp,
      passwordCost: { memory: 64, passes: 1, parallelism: 1 },
      log: createLog(config.logLevel, { write: (line) => void log.push(line) }),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      ...(options.web === undefined ? {} : { web: options.web }),
      ...(options.flowActions === undefined ? {} : { flowActions: options.flowActions }),
      ...(options.flowTriggers === undefined ? {} : { flowTriggers: options.flowTriggers }),
    });
  const first = await start();
  const running = [first];
  const url = `http://127.0.0.1:${first.port}`;
  return {
    url,
    dataFolder,
    databaseUrl: store?.url,
    setupToken: first.setupToken ?? '',
    memory,
    log,
    client: (given) => createTestClient(url, given),
    async startAnother(environment) {
      const another = await start(configOf(environment));
      running.push(another);
      return another;
    },
    async stop() {
      await Promise.all(running.map((server) => server.close()));
      await store?.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the PostgreSQL of tests. */
export async function createPostgresDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `fettle_srv_${randomBytes(6).toString('hex')}`;
  await withPostgres((client) => client.query(`create database ${name}`));
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => withPostgres((client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function withPostgres(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
