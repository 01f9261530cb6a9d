import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, isJsonObject } from '@fettle/base';

/** Key material of the installation. Nobody sees the secret itself: every use derives a key of its own. */
export interface Keys {
  /** 32 bytes for one purpose, e.g. `session-token`. The same purpose always gives the same bytes. */
  derive(purpose: string): Buffer;
}

const fileName = 'secrets.json';

/** The key material of one secret. */
export function keysOf(secret: string): Keys {
  return { derive: (purpose) => Buffer.from(hkdfSync('sha256', secret, 'fettle', purpose, 32)) };
}

/** What the store keeps to know the secret again that it was set up with. */
export function keyMark(keys: Keys): string {
  return createHash('sha256').update(keys.derive('key-check')).digest('hex');
}

/** The secret kept in a data folder, and the one that is about to take its place; undefined when there is none. */
export async function readSecretFile(
  dataFolder: string,
): Promise<{ readonly secret: string; readonly next?: string } | undefined> {
  const file = join(dataFolder, fileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  });
  if (text === undefined) return undefined;
  const secret = parse(file, text);
  const { next } = JSON.parse(text) as { next?: unknown };
  return typeof next === 'string' ? { secret, next } : { secret };
}

/** Keeps a secret in a data folder, and with it the one that is to follow while secrets are sealed anew. */
export async function writeSecretFile(dataFolder: string, secret: string, next?: string): Promise<void> {
  const content = { version: 1, secret, ...(next === undefined ? {} : { next }) };
  await writeDurably(join(dataFolder, fileName), `${JSON.stringify(content, null, 2)}\n`);
}

/** A new secret. */
export function createSecret(): string {
  return randomBytes(48).toString('base64url');
}

/** Loads the key material: from the setting when given, else from the data folder, where the first start makes it. */
export async function loadKeys(options: { readonly dataFolder: string; readonly secret?: string }): Promise<Keys> {
  return keysOf(options.secret ?? (await loadOrCreate(options.dataFolder)));
}

async function loadOrCreate(dataFolder: string): Promise<string> {
  const known = await readSecretFile(dataFolder);
  if (known !== undefined) return known.secret;
  const secret = createSecret();
  await writeSecretFile(dataFolder, secret);
  return secret;
}

function parse(file: string, text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value as never)) {
      const { secret } = value as { secret?: unknown };
      if (typeof secret === 'string' && secret.length >= 32) return secret;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  throw unreadable(file);
}

// Never replaced by a new one: stored credentials could not be read again.
function unreadable(file: string, cause?: unknown): AppError {
  return new AppError('unavailable', {
    code: 'keys.unreadable',
    message: `The key file ${file} is damaged or cannot be read.`,
    hint: 'Restore it from a backup of the data folder, or give the original secret as FETTLE_SECRET.',
    cause,
  });
}

/** Old content or new content, never half: written beside, flushed, then moved into place. */
export async function writeDurably(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}
