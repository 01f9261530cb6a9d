import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { notFound } from '@fettle/base';
import pg from 'pg';
import { readSecretFile } from '../keys/keys.ts';
import { writeEntries, type BackupEntry } from './entry-stream.ts';
import { copyRows, readStructure } from './postgres-copy.ts';
import { sealStream } from './sealed-stream.ts';

/** What is backed up, and where to. */
export interface BackupOptions {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** The secret of the settings; undefined: that of the data folder. */
  readonly secret: string | undefined;
  readonly file: string;
  readonly passphrase: string;
  readonly onProgress?: (text: string) => void;
}

/** What stands at the start of every backup. */
export interface BackupManifest {
  readonly format: 'fettle/backup';
  readonly version: 1;
  readonly kind: 'sqlite' | 'postgres';
  readonly createdAt: string;
}

/** Folders of the data folder with SQLite files and other files. What is internal comes before the metadata: see below. */
const databaseFolders = ['internal', 'demo', 'sqlite'];

/**
 * Writes a backup while the server goes on: each database as it is at one moment. Internal tables are copied before
 * the metadata: what a row started is then at worst started once more, under the same key, and never lost. The file
 * appears under its name when it is whole.
 */
export async function writeBackup(
  options: BackupOptions,
): Promise<{ readonly bytes: number; readonly createdAt: string }> {
  const createdAt = new Date().toISOString();
  const temporary = `${resolve(options.file)}.${process.pid}.new`;
  const aside = await mkdtemp(join(dirname(temporary), '.fettle-backup-'));
  try {
    const content = sealStream(options.passphrase, writeEntries(entries(options, createdAt, aside)));
    await pipeline(Readable.from(content), createWriteStream(temporary, { mode: 0o600 }));
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(temporary, resolve(options.file));
    return { bytes: (await stat(options.file)).size, createdAt };
  } finally {
    await rm(aside, { recursive: true, force: true });
    await rm(temporary, { force: true });
  }
}

async function* entries(options: BackupOptions, createdAt: string, aside: string): AsyncGenerator<BackupEntry> {
  const { dataFolder, databaseUrl } = options;
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres';
  const manifest: BackupManifest = { format: 'fettle/backup', version: 1, kind, createdAt };
  yield text('manifest.json', manifest);
  yield text('key.json', { secret: await secretOf(options) });
  for (const folder of databaseFolders) yield* copyFolder(options, folder, aside);
  if (databaseUrl === undefined) {
    options.onProgress?.('Copying the metadata …');
    yield await copySqlite(join(dataFolder, 'fettle.db'), 'data/fettle.db', aside);
  } else yield* copyPostgres(options, databaseUrl);
  yield* copyFolder(options, 'files', aside);
}

function text(name: string, value: object): BackupEntry {
  return { name, content: Readable.from([Buffer.from(JSON.stringify(value))]) };
}

async function secretOf({ dataFolder, secret }: BackupOptions): Promise<string> {
  const found = secret ?? (await readSecretFile(dataFolder))?.secret;
  if (found !== undefined) return found;
  throw notFound({
    code: 'backup.nothing',
    message: `There is no Fettle in ${resolve(dataFolder)}.`,
    hint: 'Set FETTLE_DATA_DIR, and DATABASE_URL and FETTLE_SECRET if the server has them.',
  });
}

async function* copyFolder(
  { dataFolder, onProgress }: BackupOptions,
  name: string,
  aside: string,
): AsyncGenerator<BackupEntry> {
  const root = join(dataFolder, name);
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile() && !/-(wal|shm|journal)$/.test(entry.name));
  for (const [index, entry] of files.entries()) {
    if (index % 50 === 0) onProgress?.(`Copying ${name}: ${index} of ${files.length} …`);
    const path = join(entry.parentPath, entry.name);
    const as = `data/${name}/${path.slice(root.length + 1).replaceAll('\\', '/')}`;
    if (name !== 'files' && (await isSqlite(path))) yield await copySqlite(path, as, aside);
    else {
      // A file that was deleted meanwhile belongs to a row that is gone, or will be noticed as missing.
      const handle = await open(path).catch(() => undefined);
      if (handle !== undefined) yield { name: as, content: handle.createReadStream() };
    }
  }
}

async function isSqlite(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return bytesRead === 0 || buffer.toString('latin1') === 'SQLite format 3\0';
  } finally {
    await handle.close();
  }
}

/** SQLite's own online backup, in one step: the file as it is at one moment, whoever writes. */
async function copySqlite(path: string, name: string, aside: string): Promise<BackupEntry> {
  const copy = join(aside, 'copy.db');
  await rm(copy, { force: true });
  const source = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, copy, { rate: 2 ** 30 });
  } finally {
    source.close();
  }
  return { name, content: createReadStream(copy) };
}

/** Metadata and internal tables in one snapshot. */
async function* copyPostgres({ onProgress }: BackupOptions, databaseUrl: string): AsyncGenerator<BackupEntry> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'fettle backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Type names and defaults are written in full, whoever reads them.
    const structure = await readStructure(client);
    yield text('postgres/structure.json', structure);
    for await (const entry of copyRows(client, structure)) {
      onProgress?.(`Copying tables: ${entry.name.split('/').at(-1)} of ${structure.tables.length} …`);
      yield entry;
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
}
