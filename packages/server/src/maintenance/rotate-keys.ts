import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inputError, notFound } from '@fettle/base';
import pg from 'pg';
import { createSecret, keyMark, keysOf, readSecretFile, writeSecretFile } from '../keys/keys.ts';
import { assertPostgresStopped, assertSqliteStopped } from './assert-stopped.ts';
import { sealAnew } from './seal-anew.ts';
import { onPostgres, onSqlite, type SqlAccess } from './sql-access.ts';

/** Whose key is exchanged. */
export interface RotateOptions {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** The secret of the settings; undefined: the one of the data folder. */
  readonly secret: string | undefined;
  /** The secret of the settings that will hold; needed when there is one now. */
  readonly nextSecret: string | undefined;
}

/**
 * Seals every secret with a new key. The data folder holds both keys until the store has decided for one, so that a
 * start after any interruption has the right one.
 */
export async function rotateKeys(options: RotateOptions): Promise<{ readonly sealedAnew: number }> {
  const { dataFolder, databaseUrl } = options;
  if (options.secret !== undefined && options.nextSecret === undefined) {
    throw inputError({
      code: 'keys.no-next',
      message: 'The key is set by FETTLE_SECRET, so the new one must be given too.',
      hint: 'Set FETTLE_NEW_SECRET, e.g. to the output of: openssl rand -base64 48',
    });
  }
  return withStore(
    options,
    async (sql, kind) => {
      await settleKeys(dataFolder, await readMark(sql));
      const from = options.secret ?? (await readSecretFile(dataFolder))?.secret;
      if (from === undefined) throw nothing(dataFolder);
      if ((await readMark(sql)) !== keyMark(keysOf(from))) {
        throw inputError({
          code: 'keys.other',
          message: 'The present key is not the one of this store.',
          hint: 'Start with the original key.',
        });
      }
      const to = options.secret === undefined ? createSecret() : (options.nextSecret ?? '');
      if (options.secret === undefined) await writeSecretFile(dataFolder, from, to);
      await sql.query('begin');
      const sealedAnew = await sealAnew(sql, { kind, from, to });
      await sql.query('commit');
      if (options.secret === undefined) await writeSecretFile(dataFolder, to);
      return { sealedAnew };
    },
    databaseUrl,
  );
}

/** After an interruption: keeps the key that the store was sealed with, by the mark that the store keeps of it. */
export async function settleKeys(dataFolder: string, mark: string | undefined): Promise<void> {
  const found = await readSecretFile(dataFolder);
  if (found?.next === undefined) return;
  await writeSecretFile(dataFolder, mark === keyMark(keysOf(found.next)) ? found.next : found.secret);
}

async function readMark(sql: SqlAccess): Promise<string | undefined> {
  const rows = await sql.query<{ value: string }>("select value from installation where name = 'key-check'");
  return rows[0]?.value;
}

async function withStore<T>(
  { dataFolder }: RotateOptions,
  work: (sql: SqlAccess, kind: 'sqlite' | 'postgres') => Promise<T>,
  databaseUrl: string | undefined,
): Promise<T> {
  if (databaseUrl === undefined) {
    assertSqliteStopped(dataFolder);
    const database = new DatabaseSync(join(dataFolder, 'fettle.db'));
    try {
      database.exec('pragma synchronous = full');
      return await work(onSqlite(database), 'sqlite');
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'fettle rotate-keys' });
  await client.connect();
  try {
    await assertPostgresStopped(client);
    return await work(onPostgres(client), 'postgres');
  } finally {
    await client.end();
  }
}

const nothing = (dataFolder: string): Error =>
  notFound({
    code: 'keys.none',
    message: `There is no key in ${dataFolder}.`,
    hint: 'Set FETTLE_DATA_DIR to the data folder.',
  });
