import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { inputError, isJsonObject } from '@fettle/base';
import { readEntries, textOf, type BackupEntry } from './entry-stream.ts';
import { openStream } from './sealed-stream.ts';
import type { BackupManifest } from './write-backup.ts';

/** What a backup holds, told by reading all of it. */
export interface BackupReport {
  readonly kind: 'sqlite' | 'postgres';
  readonly createdAt: string;
  readonly entries: number;
  readonly bytes: number;
}

/** An opened backup. */
export interface OpenedBackup {
  readonly manifest: BackupManifest;
  readonly secret: string;
  /** What follows. Each must be read to its end. */
  readonly entries: AsyncGenerator<BackupEntry>;
}

/** Opens a backup and reads what it says of itself. */
export async function openBackup(file: string, passphrase: string): Promise<OpenedBackup> {
  await stat(file).catch((cause: unknown) => {
    throw inputError({ code: 'file.cannot-read', message: `${file} cannot be read.`, hint: 'Check its name.', cause });
  });
  const entries = readEntries(openStream(passphrase, createReadStream(file, { highWaterMark: 1024 * 1024 })));
  const manifest = await jsonOf(entries, 'manifest.json');
  const key = await jsonOf(entries, 'key.json');
  if (manifest['format'] !== 'fettle/backup' || manifest['version'] !== 1 || typeof key['secret'] !== 'string') {
    throw inputError({
      code: 'backup.newer',
      message: 'This backup was made by another version of Fettle.',
      hint: 'Restore it with the version that made it, or a later one.',
    });
  }
  return { manifest: manifest as unknown as BackupManifest, secret: key['secret'], entries };
}

/** Reads a whole backup and throws if any of it is not as it was written. */
export async function verifyBackup(file: string, passphrase: string): Promise<BackupReport> {
  const { manifest, entries } = await openBackup(file, passphrase);
  let count = 0;
  let bytes = 0;
  for await (const entry of entries) {
    count += 1;
    for await (const part of entry.content) bytes += part.length;
  }
  return { kind: manifest.kind, createdAt: manifest.createdAt, entries: count, bytes };
}

async function jsonOf(entries: AsyncGenerator<BackupEntry>, name: string): Promise<Readonly<Record<string, unknown>>> {
  const next = await entries.next();
  if (next.done !== true && next.value.name === name) {
    const json: unknown = JSON.parse(await textOf(next.value));
    if (isJsonObject(json)) return json;
  }
  throw inputError({ code: 'backup.not-one', message: 'This is no backup of Fettle.' });
}
