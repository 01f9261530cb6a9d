import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, conflict, createShortId, inputError } from '@fettle/base';
import pg from 'pg';
import { readSecretFile, writeSecretFile } from '../keys/keys.ts';
import { assertPostgresStopped, assertSqliteStopped } from './assert-stopped.ts';
import { textOf, type BackupEntry } from './entry-stream.ts';
import {
  finishTables,
  parseStructure,
  putRows,
  readStructure,
  replaceTables,
  type DumpedStructure,
} from './postgres-copy.ts';
import { openBackup, type OpenedBackup } from './read-backup.ts';
import { sealAnew } from './seal-anew.ts';
import { onPostgres, onSqlite } from './sql-access.ts';
import { clearStaging, markReady, settleRestore, stagingFolder } from './switch-data.ts';

/** Where a backup goes. */
export interface RestoreOptions {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** The secret of the settings of this host; undefined: the one of the data folder, or the backup's when there is none. */
  readonly secret: string | undefined;
  readonly file: string;
  readonly passphrase: string;
  /** Take the place of what is there. */
  readonly force: boolean;
  readonly onProgress?: (text: string) => void;
}

/** What came of it. */
export interface RestoreReport {
  readonly createdAt: string;
  readonly kind: 'sqlite' | 'postgres';
  /** Secrets that were sealed with the key of this host. */
  readonly sealedAnew: number;
}

/**
 * Restores a backup. Everything is built beside what is there, checked, and takes its place by one step that happens
 * or does not: the mark in the data folder on SQLite, the commit on PostgreSQL.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { dataFolder, databaseUrl } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const opened = await openBackup(options.file, options.passphrase);
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres';
  if (opened.manifest.kind !== kind) throw otherKind(opened.manifest.kind);
  const own = options.secret ?? (await readSecretFile(dataFolder))?.secret;
  const plan: Plan = { options, opened, id: createShortId('rst'), own, secret: own ?? opened.secret };
  const sealedAnew = databaseUrl === undefined ? await restoreSqlite(plan) : await restorePostgres(plan, databaseUrl);
  return { createdAt: opened.manifest.createdAt, kind, sealedAnew };
}

interface Plan {
  readonly options: RestoreOptions;
  readonly opened: OpenedBackup;
  readonly id: string;
  /** The secret this host has already. */
  readonly own: string | undefined;
  /** The secret that will hold here. */
  readonly secret: string;
}

async function restoreSqlite({ options, opened, id, own, secret }: Plan): Promise<number> {
  const { dataFolder } = options;
  await settleRestore(dataFolder);
  assertSqliteStopped(dataFolder);
  if (!options.force && existsSync(join(dataFolder, 'fettle.db'))) throw notEmpty(dataFolder);
  await clearStaging(dataFolder);
  for await (const entry of opened.entries) await stageFile(options, entry);
  const file = join(stagingFolder(dataFolder), 'fettle.db');
  if (!existsSync(file)) throw inputError({ code: 'backup.no-store', message: 'The backup holds no metadata.' });
  const count = await checkStore(file, opened.secret, secret);
  if (own === undefined) await writeSecretFile(stagingFolder(dataFolder), secret);
  options.onProgress?.('Taking its place …');
  await markReady(dataFolder, { id, kind: 'sqlite', kept: own === undefined ? [] : ['secrets.json'] });
  await settleRestore(dataFolder);
  return count;
}

async function checkStore(file: string, from: string, to: string): Promise<number> {
  const database = new DatabaseSync(file);
  try {
    const [verdict] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    if (verdict?.quick_check !== 'ok')
      throw inputError({ code: 'backup.damaged', message: 'The metadata in the backup is damaged.' });
    if (from === to) return 0;
    database.exec('pragma synchronous = full; begin immediate');
    const count = await sealAnew(onSqlite(database), { kind: 'sqlite', from, to });
    database.exec('commit');
    return count;
  } finally {
    database.close();
  }
}

async function restorePostgres(plan: Plan, databaseUrl: string): Promise<number> {
  const { options, opened, id, own, secret } = plan;
  const { dataFolder } = options;
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'fettle restore' });
  await client.connect();
  try {
    await settleRestore(dataFolder, (await knownRestore(client)) ?? null);
    await assertPostgresStopped(client);
    if (!options.force && (await readStructure(client)).tables.length > 0) throw notEmpty('The database');
    await clearStaging(dataFolder);
    await client.query('begin');
    await client.query('set local synchronous_commit = on');
    const structure = await loadTables(plan, client);
    await finishTables(client, structure);
    const sql = onPostgres(client);
    const count =
      opened.secret === secret ? 0 : await sealAnew(sql, { kind: 'postgres', from: opened.secret, to: secret });
    await sql.query("delete from installation where name = 'restore'");
    await sql.query("insert into installation (name, value) values ('restore', ?)", [id]);
    // A host without a key gets the backup's before the database has anything that needs it.
    if (own === undefined) await writeSecretFile(dataFolder, secret);
    await markReady(dataFolder, { id, kind: 'postgres', kept: ['secrets.json'] });
    options.onProgress?.('Taking its place …');
    await client.query('commit');
    await settleRestore(dataFolder, id);
    return count;
  } finally {
    await client.end();
  }
}

async function loadTables({ options, opened }: Plan, client: pg.Client): Promise<DumpedStructure> {
  let structure: DumpedStructure | undefined;
  for await (const entry of opened.entries) {
    if (entry.name === 'postgres/structure.json') {
      structure = parseStructure(await textOf(entry));
      await replaceTables(client, structure);
    } else if (entry.name.startsWith('postgres/rows/') && structure !== undefined) {
      options.onProgress?.(
        `Restoring table ${entry.name.slice('postgres/rows/'.length)} of ${structure.tables.length} …`,
      );
      await putRows(client, structure, entry);
    } else await stageFile(options, entry);
  }
  if (structure === undefined) throw inputError({ code: 'backup.no-store', message: 'The backup holds no metadata.' });
  return structure;
}

/** The restore that the database took last; undefined when there was none. */
export async function knownRestore(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client
    .query("select value from installation where name = 'restore'")
    .catch(() => ({ rows: [] as unknown[] }));
  return (rows[0] as { value: string } | undefined)?.value;
}

async function stageFile({ dataFolder, onProgress }: RestoreOptions, { name, content }: BackupEntry): Promise<void> {
  const parts = name.split('/');
  if (
    parts[0] !== 'data' ||
    parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part))
  ) {
    throw inputError({ code: 'backup.unknown-part', message: `The backup holds something unknown: ${name}.` });
  }
  onProgress?.(`Unpacking ${name} …`);
  const path = join(stagingFolder(dataFolder), ...parts.slice(1));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
}

const notEmpty = (what: string): Error =>
  conflict({
    code: 'restore.not-empty',
    message: `${what} already holds a Fettle.`,
    hint: 'Restore into an empty place, or replace what is there with --force. What is replaced in the data folder is kept beside it.',
  });

const otherKind = (kind: 'sqlite' | 'postgres'): Error =>
  new AppError('input', {
    code: 'restore.other-kind',
    message: `This backup is of a Fettle on ${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, and can only be restored to one.`,
    hint: `${
      kind === 'sqlite' ? 'Restore it without DATABASE_URL.' : 'Set DATABASE_URL to an empty PostgreSQL database.'
    } To go from one kind to the other, carry apps over (fettle app export, fettle app import); see the guide on backups.`,
  });
