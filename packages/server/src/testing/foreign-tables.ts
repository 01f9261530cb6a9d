import { DatabaseSync } from 'node:sqlite';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { randomText } from '@fettle/base';
import { findMysql, findPostgres, type DatabaseServer } from '@fettle/testing';

/** A table outside of Fettle, and the way to it. */
export interface ForeignTable {
  readonly input: ReturnType<typeof inputOf>;
  /** Runs statements past Fettle. */
  run(sql: string): Promise<void>;
  drop(): Promise<void>;
}

/** A database with the tables that `statements` make, in a file of the server's folder. */
export function sqliteTables(folder: string, statements: readonly string[]): ForeignTable {
  const name = `${randomText(8)}.sqlite`;
  mkdirSync(join(folder, 'sqlite'), { recursive: true });
  const database = new DatabaseSync(join(folder, 'sqlite', name));
  for (const sql of statements) database.exec(sql);
  return {
    input: inputOf('core/sqlite', { file: name }),
    run: (sql) => Promise.resolve(database.exec(sql)),
    drop: () => Promise.resolve(database.close()),
  };
}

/** The same on a server; undefined when there is none. */
export async function serverTables(
  kind: 'postgres' | 'mysql',
  statements: readonly string[],
): Promise<ForeignTable | undefined> {
  const server = await (kind === 'postgres' ? findPostgres() : findMysql());
  if (server === undefined) return undefined;
  const name = `fettle_rows_${randomText(8)}`;
  await onServer(kind, server, undefined, (client) => client.raw(`create database ${name}`));
  const run = (sql: string): Promise<void> =>
    onServer(kind, server, name, (client) => client.raw(sql)).then(() => undefined);
  for (const sql of statements) await run(sql);
  const { host, port, user, password } = server;
  return {
    input: inputOf(`core/${kind}`, { host, port, database: name, user, encryption: 'off' }, { password }),
    run,
    drop: () =>
      onServer(kind, server, undefined, (client) =>
        client.raw(`drop database if exists ${name}${kind === 'postgres' ? ' with (force)' : ''}`),
      ).then(() => undefined),
  };
}

function inputOf(connector: string, settings: Record<string, string | number>, secrets?: Record<string, string>) {
  return {
    name: connector,
    kind: 'external' as const,
    connector,
    development: { settings, ...(secrets === undefined ? {} : { secrets }) },
  };
}

async function onServer<T>(
  kind: 'postgres' | 'mysql',
  server: DatabaseServer,
  database: string | undefined,
  work: (client: Knex) => Promise<T>,
): Promise<T> {
  const { host, port, user, password } = server;
  const usual = kind === 'postgres' ? { database: 'postgres' } : {};
  const client = knex({
    client: kind === 'postgres' ? 'pg' : 'mysql2',
    connection: { host, port, user, password, ...usual, ...(database === undefined ? {} : { database }) },
  });
  try {
    return await work(client);
  } finally {
    await client.destroy();
  }
}
