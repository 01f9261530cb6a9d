import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { TestServer } from './test-server.ts';

// Being refused is noted, and so is being seen: that is no side effect.
const ignored = new Set(['audit', 'session', 'api_key', 'data_source_schema', 'sqlite_sequence']);

/** A hash per table of everything in the metadata store that a refused request must not change. */
export async function dumpStore(
  server: Pick<TestServer, 'dataFolder' | 'databaseUrl'>,
): Promise<Readonly<Record<string, string>>> {
  const tables = await readTables(server);
  return Object.fromEntries(
    Object.entries(tables)
      .filter(([name]) => !ignored.has(name))
      .map(([name, rows]) => [
        name,
        createHash('sha256')
          .update(
            rows
              .map((row) => JSON.stringify(row))
              .sort()
              .join('\n'),
          )
          .digest('hex'),
      ]),
  );
}

async function readTables({
  dataFolder,
  databaseUrl,
}: Pick<TestServer, 'dataFolder' | 'databaseUrl'>): Promise<Record<string, readonly unknown[]>> {
  return databaseUrl === undefined ? readSqlite(join(dataFolder, 'fettle.db')) : readPostgres(databaseUrl);
}

function readSqlite(file: string): Record<string, readonly unknown[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const names = database.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  const tables = Object.fromEntries(names.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()]));
  database.close();
  return tables;
}

async function readPostgres(url: string): Promise<Record<string, readonly unknown[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: names } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const tables: Record<string, readonly unknown[]> = {};
  for (const { name } of names) tables[name] = (await client.query(`select * from "${name}"`)).rows as unknown[];
  await client.end();
  return tables;
}

/** Runs a statement on the store behind the server's back. */
export async function changeStore(
  { dataFolder, databaseUrl }: Pick<TestServer, 'dataFolder' | 'databaseUrl'>,
  sql: string,
): Promise<void> {
  if (databaseUrl === undefined) {
    const database = new DatabaseSync(join(dataFolder, 'fettle.db'), { timeout: 5000 });
    database.exec(sql);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}
