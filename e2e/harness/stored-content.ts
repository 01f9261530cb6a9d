import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Where an installation keeps everything. */
export interface StoredPlace {
  readonly folder: string;
  readonly databaseUrl: string | undefined;
}

/** Tables that change by being looked at, or hold what belongs to one host. */
const ignored = /^(installation|secret_key|sqlite_sequence|session|api_key)$/;

/** Everything an installation keeps, table by table and file by file, as text that can be compared. */
export async function storedContent({ folder, databaseUrl }: StoredPlace): Promise<Readonly<Record<string, string>>> {
  const content: Record<string, string> = {};
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of found.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (/^(restore|replaced-)|secrets\.json$|-(wal|shm)$/.test(name)) continue;
    if (/\.(db|sqlite)$/.test(name)) Object.assign(content, tablesOf(path, name));
    else
      content[name] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
  }
  if (databaseUrl !== undefined) Object.assign(content, await postgresTables(databaseUrl));
  return content;
}

function tablesOf(path: string, name: string): Record<string, string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
    return Object.fromEntries(
      tables
        .filter((table) => !ignored.test(table.name))
        .map((table) => [`${name} ${table.name}`, sorted(database.prepare(`select * from "${table.name}"`).all())]),
    );
  } finally {
    database.close();
  }
}

async function postgresTables(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables where schemaname = 'public' or schemaname like 'fettle%' order by 1, 2`,
    );
    const content: Record<string, string> = {};
    for (const { schema, name } of rows.filter((table) => !ignored.test(table.name))) {
      const found = await client.query<{ row: string }>(`select t::text as row from "${schema}"."${name}" t`);
      content[`${schema}.${name}`] = sorted(found.rows.map(({ row }) => row));
    }
    const shape = await client.query<{ line: string }>(
      `select table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || is_identity as line
       from information_schema.columns where table_schema = 'public' or table_schema like 'fettle%'
       union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace in (select oid from pg_namespace where nspname = 'public' or nspname like 'fettle%')
       union all select indexdef from pg_indexes where schemaname = 'public' or schemaname like 'fettle%'`,
    );
    content['shape'] = sorted(shape.rows.map(({ line }) => line));
    return content;
  } finally {
    await client.end();
  }
}

/** The secrets are sealed with the key of their host: equal ones look different. */
function sorted(rows: readonly unknown[]): string {
  const lines = rows.map((row) =>
    JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
  return lines
    .map((line) => line.replaceAll(/v1\.k-[A-Za-z0-9._-]+/g, 'sealed').replaceAll(/k-[0-9a-f]{10}/g, 'key'))
    .toSorted()
    .join('\n');
}
