import { createReadStream } from 'node:fs';
import { mkdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { notFound } from '@fettle/base';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import { pathOnDisk } from './disk-contents.ts';
import type { FileContents } from './file-contents.ts';
import { findPart, insertPart, listFilesWithoutParts, lockFileWithoutParts } from './file-parts.store.ts';

/** Largest piece of a file in one row, in bytes: what is in memory at a time, on either side. */
const partBytes = 512 * 1024;

/** Files in the database: whichever server took one, every server has it, and a backup of the database holds it. */
export function createDatabaseContents({
  database,
  folder,
}: {
  readonly database: Database;
  /** Where files are received on this machine: people may send slowly, and a transaction must not wait for them. */
  readonly folder: string;
}): FileContents {
  return {
    async receiveAt({ id }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return join(folder, `${id}.part`);
    },
    async keep(transaction, { id }, received) {
      await insertParts(transaction, id, received);
      await unlink(received);
    },
    undo: async () => undefined,
    async open({ id }) {
      const first = await findPart(database.knex, id, 0);
      if (first === undefined) throw notFound({ code: 'file.no-content', message: 'The database has no such file.' });
      return Readable.from(partsAfter(database, id, first));
    },
  };
}

/** One piece after the other, each by itself: whoever reads slowly holds no connection. */
async function* partsAfter(database: Database, id: string, first: Buffer): AsyncGenerator<Buffer> {
  let part: Buffer | undefined = first;
  for (let position = 1; part !== undefined; position += 1) {
    yield part;
    part = await findPart(database.knex, id, position);
  }
}

async function insertParts(transaction: StoreTransaction, id: string, path: string): Promise<void> {
  let position = 0;
  for await (const content of createReadStream(path, { highWaterMark: partBytes })) {
    await insertPart(transaction, { file_id: id, position, content: content as Buffer });
    position += 1;
  }
}

/**
 * Takes files of a data folder into the database: those from before it held them, and those of a restored backup from
 * then. Each is there as a whole or not at all, and once. Answers how many are nowhere to be found.
 */
export async function takeFilesIn(
  database: Database,
  folder: string,
): Promise<{ readonly taken: number; readonly lost: number }> {
  let taken = 0;
  let lost = 0;
  for (const key of await listFilesWithoutParts(database.knex)) {
    const path = pathOnDisk(folder, { id: key.id, workspaceId: key.workspace_id });
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) lost += 1;
    else if (await takeIn(database, key.id, path)) taken += 1;
  }
  return { taken, lost };
}

async function takeIn(database: Database, id: string, path: string): Promise<boolean> {
  const isTaken = await database.transaction(async (transaction) => {
    if (!(await lockFileWithoutParts(transaction, id))) return false;
    await insertParts(transaction, id, path);
    return true;
  });
  await unlink(path).catch(() => undefined);
  return isTaken;
}
