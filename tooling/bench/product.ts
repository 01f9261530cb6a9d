import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseServer } from '@fettle/testing';
import { createPerson, type ApiPerson } from './api-client.ts';
import { benchDatabase } from './bench-table.ts';
import { serverArguments } from '../../packages/standalone/src/server-process.ts';
import { serverEntry, serverEnvironment } from '../scripts/server-process.ts';
import { startServer, type ChildServer } from './child-server.ts';

const password = 'a long enough password';

/** With which the owner of a product that {@link startProduct} started signs in. */
export const ownerSignIn = { email: 'owner@example.com', password } as const;

/** The product as the benchmark runs it: started, set up, an app published. */
export interface Product {
  readonly server: ChildServer;
  readonly owner: ApiPerson;
  /** A plain member with the app role basic. */
  readonly member: ApiPerson;
  readonly memberSignIn: { readonly email: string; readonly password: string };
  readonly dataSource: string;
  readonly appId: string;
  readonly slug: string;
  /** Path of the published app's table, for the row calls. */
  readonly tablePath: string;
  stop(): Promise<void>;
}

/** Starts the built product on a data folder. With BENCH_PROFILE=<folder> it leaves a CPU profile there. */
export function startProduct(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildServer> {
  const profile = process.env['BENCH_PROFILE'];
  return startServer({
    entry: [
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      ...serverArguments,
      serverEntry,
    ],
    portVariable: 'PORT',
    readyPath: '/api/health/ready',
    environment: {
      ...serverEnvironment,
      FETTLE_DATA_DIR: dataFolder,
      HOST: '127.0.0.1',
      FETTLE_OWNER_EMAIL: ownerSignIn.email,
      FETTLE_OWNER_PASSWORD: ownerSignIn.password,
      FETTLE_LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      ...environment,
    },
  });
}

/** Makes a temporary data folder. */
export const makeDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'fettle-bench-'));

/** Starts the product and sets it up through the API: a data source, an app made from its tables, a member. */
export async function openProduct(database: DatabaseServer): Promise<Product> {
  const dataFolder = await makeDataFolder();
  const server = await startProduct(dataFolder);
  const owner = createPerson(server.url);
  await owner.call('POST', '/api/session', ownerSignIn);
  const { user } = (await owner.call('GET', '/api/session')) as { user: { workspaces: { id: string }[] } };
  const workspace = `/api/workspaces/${user.workspaces[0]?.id}`;
  const source = (await owner.call('POST', `${workspace}/data-sources`, {
    name: 'Bench',
    kind: 'external',
    connector: 'core/postgres',
    development: {
      settings: { host: database.host, port: database.port, user: database.user, database: benchDatabase },
      ...(database.password === '' ? {} : { secrets: { password: database.password } }),
    },
  })) as { dataSource: { id: string } };
  const dataSource = source.dataSource.id;
  const tables = await tableIds(owner, `${workspace}/data-sources/${dataSource}`);
  const made = (await owner.call('POST', `${workspace}/apps`, {
    name: 'Bench',
    from: { kind: 'tables', dataSource, tables: [tables.item, tables.category] },
  })) as { app: { id: string; slug: string } };
  const { id: appId, slug } = made.app;
  await owner.call('POST', `/api/apps/${appId}/releases`, { revision: 0 });
  const added = (await owner.call('POST', `${workspace}/members`, {
    email: 'member@example.com',
    name: 'Member',
    role: 'member',
    password,
  })) as {
    member: { userId: string };
  };
  await owner.call('PUT', `/api/apps/${appId}/members/${added.member.userId}`, { roles: ['basic'] });
  const member = createPerson(server.url);
  await member.call('POST', '/api/session', { email: 'member@example.com', password });
  return {
    server,
    owner,
    member,
    memberSignIn: { email: 'member@example.com', password },
    dataSource,
    appId,
    slug,
    tablePath: `/api/run/${slug}/tables/${dataSource}/${encodeURIComponent(tables.item)}`,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function tableIds(owner: ApiPerson, path: string): Promise<{ readonly item: string; readonly category: string }> {
  const { schema } = (await owner.call('GET', `${path}/schema`)) as {
    schema: { tables: { id: string; name: string }[] };
  };
  const idOf = (name: string): string => {
    const found = schema.tables.find((table) => table.name === name);
    if (found === undefined) throw new Error(`The data source has no table ${name}.`);
    return found.id;
  };
  return { item: idOf('item'), category: idOf('category') };
}
