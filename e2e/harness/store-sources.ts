import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  findMysql,
  findPostgres,
  routes,
  type DatabaseServer,
} from '@fettle/testing';
import type { Installation } from './installation.ts';

/** The systems the music store can stand on. */
export type StoreSystem = 'PostgreSQL' | 'MariaDB' | 'SQLite';

/** The music store as a data source of an installation. */
export interface StoreSource {
  /** Id of the data source. */
  readonly id: string;
  drop(): Promise<void>;
}

/** The systems that run here. SQLite always does. */
export async function availableSystems(): Promise<readonly StoreSystem[]> {
  const [postgres, mysql] = await Promise.all([findPostgres(), findMysql()]);
  return [
    ...(postgres === undefined ? [] : (['PostgreSQL'] as const)),
    ...(mysql === undefined ? [] : (['MariaDB'] as const)),
    'SQLite',
  ];
}

/** Makes the music store on a system and connects it, by the API. */
export async function addStoreSource(
  installation: Installation,
  system: StoreSystem,
  database: string,
): Promise<StoreSource> {
  const made = await createStore(installation, system, database);
  const { owner, workspaceId } = installation;
  const body = {
    name: `Music store on ${system}`,
    kind: 'external' as const,
    connector: made.connector,
    development: { settings: made.settings, ...(made.password === '' ? {} : { secrets: { password: made.password } }) },
  };
  const { dataSource } = await owner.client.call(routes.dataSources.create, { params: { workspaceId }, body });
  return { id: dataSource.id, drop: made.drop };
}

interface MadeStore {
  readonly connector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly password: string;
  drop(): Promise<void>;
}

async function createStore({ server }: Installation, system: StoreSystem, database: string): Promise<MadeStore> {
  if (system === 'SQLite') {
    const folder = join(server.folder, 'sqlite');
    mkdirSync(folder, { recursive: true });
    const { drop } = createSqliteStore(join(folder, `${database}.sqlite`));
    return { connector: 'core/sqlite', settings: { file: `${database}.sqlite` }, password: '', drop };
  }
  const settingsOf = ({ host, port, user }: DatabaseServer) => ({ host, port, user, database });
  if (system === 'MariaDB') {
    const mysql = need(await findMysql(), system);
    const { drop } = await createMysqlStore(mysql, database);
    return { connector: 'core/mysql', settings: settingsOf(mysql), password: mysql.password, drop };
  }
  const postgres = need(await findPostgres(), system);
  const { drop } = await createPostgresStore(postgres, database);
  return { connector: 'core/postgres', settings: settingsOf(postgres), password: postgres.password, drop };
}

function need(found: DatabaseServer | undefined, system: string): DatabaseServer {
  if (found !== undefined) return found;
  throw new TypeError(`${system} is not running here.`);
}
