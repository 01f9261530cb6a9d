import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { loadStoreRows } from './chinook-rows.ts';
import { storeTables, type StoreTable } from './chinook-schema.ts';
import type { DatabaseServer } from './database-servers.ts';

/** A database filled with the music store. */
export interface StoreDatabase {
  /** The database's name, or the path of the SQLite file. */
  readonly database: string;
  drop(): Promise<void>;
}

/** Makes a PostgreSQL database with the music store. */
export async function createPostgresStore(server: DatabaseServer, name: string): Promise<StoreDatabase> {
  await withPostgres(server, 'postgres', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}"`);
  });
  await withPostgres(server, name, async (client) => {
    for (const statement of statements('"', '')) await client.query(statement);
  });
  return {
    database: name,
    drop: () =>
      withPostgres(server, 'postgres', async (client) => {
        await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      }),
  };
}

/** Makes a MariaDB or MySQL database with the music store. */
export async function createMysqlStore(server: DatabaseServer, name: string): Promise<StoreDatabase> {
  const connection = await createConnection({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    multipleStatements: false,
  });
  await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await connection.query(`USE \`${name}\``);
  for (const statement of statements('`', ' ENGINE=InnoDB')) {
    // TIMESTAMP ends in 2038 and converts zones there; DATETIME is what the music store means.
    await connection.query(statement.replaceAll(/TIMESTAMP(?= )/g, 'DATETIME'));
  }
  await connection.end();
  return {
    database: name,
    async drop() {
      const again = await createConnection({
        host: server.host,
        port: server.port,
        user: server.user,
        password: server.password,
      });
      await again.query(`DROP DATABASE IF EXISTS \`${name}\``);
      await again.end();
    },
  };
}

/** Makes a SQLite file with the music store. */
export function createSqliteStore(file: string): StoreDatabase {
  rmSync(file, { force: true });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA foreign_keys = OFF; BEGIN');
  for (const statement of statements('"', '')) database.exec(statement);
  database.exec('COMMIT');
  database.close();
  return { database: file, drop: async () => rmSync(file, { force: true }) };
}

async function withPostgres(
  server: DatabaseServer,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...server, database });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function statements(quote: string, suffix: string): string[] {
  const rows = loadStoreRows();
  return storeTables.flatMap((table) => [
    createStatement(table, quote, suffix),
    ...insertStatements(table, rows[table.name] ?? [], quote),
  ]);
}

function createStatement(table: StoreTable, quote: string, suffix: string): string {
  const name = (text: string): string => `${quote}${text}${quote}`;
  const parts = [
    ...table.columns.map(([column, type]) => `${name(column)} ${type}`),
    `PRIMARY KEY (${table.primaryKey.map(name).join(', ')})`,
    ...table.foreignKeys.map(
      ([column, other]) => `FOREIGN KEY (${name(column)}) REFERENCES ${name(other)} (${name(`${other}_id`)})`,
    ),
  ];
  return `CREATE TABLE ${name(table.name)} (${parts.join(', ')})${suffix}`;
}

function insertStatements(
  table: StoreTable,
  rows: readonly (readonly (string | number | null)[])[],
  quote: string,
): string[] {
  const columns = table.columns.map(([column]) => `${quote}${column}${quote}`).join(', ');
  const result: string[] = [];
  for (let index = 0; index < rows.length; index += 500) {
    const values = rows.slice(index, index + 500).map((row) => `(${row.map(literal).join(', ')})`);
    result.push(`INSERT INTO ${quote}${table.name}${quote} (${columns}) VALUES ${values.join(', ')}`);
  }
  return result;
}

// The music store is our own fixed data, without backslashes: doubling quotes is enough on all three systems.
function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''").replaceAll('\\', '/')}'`;
}
