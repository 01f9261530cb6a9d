import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mysqlDriver from 'mysql2/promise';
import pg from 'pg';
import type { DataSession } from '@fettle/sdk/server';
import { mysql } from '../src/mysql/server.ts';
import { postgres } from '../src/postgres/server.ts';
import { sqlite } from '../src/sqlite/server.ts';
import { testContext } from './context.ts';

/** The systems that the contract is checked on. */
export type System = 'postgres' | 'mysql' | 'sqlite';

/** A database made for one test file. */
export interface TestDatabase {
  readonly session: DataSession;
  /** Another session on the same database. */
  readonly open: () => DataSession;
  /** Runs statements past the connector. */
  readonly run: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly drop: () => Promise<void>;
  /** Of SQLite. */
  readonly file?: string;
}

const postgresUrl = new URL(process.env['FETTLE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres');
const mysqlUrl = new URL(process.env['FETTLE_TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/');

/** Whether something listens where a system is expected. */
export async function isReachable(system: System): Promise<boolean> {
  if (system === 'sqlite') return true;
  const url = system === 'postgres' ? postgresUrl : mysqlUrl;
  return new Promise((answer) => {
    const socket = createConnection({ host: url.hostname, port: Number(url.port), timeout: 1000 });
    const end = (isThere: boolean) => (): void => {
      socket.destroy();
      answer(isThere);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}

/** The systems that can be reached; the others are named, so that nobody takes them for tested. */
export async function reachableSystems(): Promise<readonly System[]> {
  const all: readonly System[] = ['postgres', 'mysql', 'sqlite'];
  const found = await Promise.all(all.map(isReachable));
  for (const [index, system] of all.entries()) {
    if (found[index] === false) process.stderr.write(`No ${system} server here: its tests are not run.\n`);
  }
  return all.filter((_, index) => found[index]);
}

/** An empty database of a system. */
export function createDatabase(system: System): Promise<TestDatabase> {
  return { postgres: createPostgres, mysql: createMysql, sqlite: createSqlite }[system]();
}

function uniqueName(): string {
  return `fettle_test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 6)}`;
}

async function createPostgres(): Promise<TestDatabase> {
  const name = uniqueName();
  const login = {
    host: postgresUrl.hostname,
    port: Number(postgresUrl.port),
    user: postgresUrl.username,
    password: postgresUrl.password,
  };
  const admin = new pg.Client({ ...login, database: postgresUrl.pathname.slice(1) });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const client = new pg.Client({ ...login, database: name });
  await client.connect();
  const open = (): DataSession => {
    const { password, ...settings } = { ...login, database: name };
    return postgres.open(testContext(settings, password === '' ? {} : { password }));
  };
  const session = open();
  return {
    session,
    open,
    run: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows ?? [],
    drop: async () => {
      await session.close();
      await client.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function createMysql(): Promise<TestDatabase> {
  const name = uniqueName();
  const login = {
    host: mysqlUrl.hostname,
    port: Number(mysqlUrl.port),
    user: mysqlUrl.username,
    password: mysqlUrl.password,
  };
  const admin = await mysqlDriver.createConnection({ ...login, multipleStatements: true, charset: 'utf8mb4' });
  await admin.query(`create database ${name} character set utf8mb4; use ${name}`);
  const open = (): DataSession => {
    const { password, ...settings } = { ...login, database: name };
    return mysql.open(testContext(settings, password === '' ? {} : { password }));
  };
  const session = open();
  return {
    session,
    open,
    run: async (sql) => (await admin.query(sql))[0] as unknown as Record<string, unknown>[],
    drop: async () => {
      await session.close();
      await admin.query(`drop database ${name}`);
      await admin.end();
    },
  };
}

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-connector-'));
  const file = join(folder, 'test.sqlite');
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = WAL');
  const open = (): DataSession => sqlite.open(testContext({ file }));
  const session = open();
  return {
    session,
    open,
    run: async (sql) => {
      if (/^\s*(?:select|explain)/i.test(sql)) return database.prepare(sql).all();
      database.exec(sql);
      return [];
    },
    drop: async () => {
      await session.close();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sharedData = process.env['FETTLE_SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

/** Whether the Chinook scripts are there. */
export const hasChinook = existsSync(join(sharedData, 'chinook'));

/** The Chinook sample database on a system. */
export async function createChinook(system: System): Promise<TestDatabase> {
  const folder = join(sharedData, 'chinook');
  if (system === 'sqlite') {
    const work = await mkdtemp(join(tmpdir(), 'fettle-chinook-'));
    const file = join(work, 'chinook.sqlite');
    await copyFile(join(folder, 'Chinook_Sqlite.sqlite'), file);
    const open = (): DataSession => sqlite.open(testContext({ file }));
    const session = open();
    const drop = async (): Promise<void> => {
      await session.close();
      await rm(work, { recursive: true, force: true });
    };
    return { session, open, run: async () => [], drop, file };
  }
  const database = await createDatabase(system);
  const script = readFileSync(
    join(folder, system === 'postgres' ? 'Chinook_PostgreSql.sql' : 'Chinook_MySql.sql'),
    'utf8',
  );
  await database.run(script.replaceAll(/^(?:drop database|create database|use |\\c).*$/gim, ''));
  return database;
}
