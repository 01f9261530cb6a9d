import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { AppError } from '@fettle/base';

const magic = 'FETTLE-BACKUP 1\n';
const chunkBytes = 64 * 1024;
const tagBytes = 16;
/** 128 MB and about half a second: guessing a passphrase costs that for every try. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;

/**
 * Encrypts a stream under a passphrase. Layout: the line `FETTLE-BACKUP 1`; a line of JSON with the parameters of scrypt
 * and the salt; then chunks of 64 KiB, each AES-256-GCM with its tag behind it. The key belongs to this stream alone (its
 * salt is random), so that the nonce counts: eleven bytes of number, and a last byte that is 1 in the last chunk. Chunks
 * that are changed, missing, repeated or in another order do not open, and neither does a stream that ends early.
 */
export async function* sealStream(passphrase: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const salt = randomBytes(32);
  const header = Buffer.from(`${magic}${JSON.stringify({ kdf: 'scrypt', ...cost, salt: salt.toString('base64') })}\n`);
  const key = await deriveKey(passphrase, salt, cost);
  yield header;
  let number = 0;
  let waiting = Buffer.alloc(0);
  const seal = (chunk: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast)).setAAD(header);
    number += 1;
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  for await (const part of content) {
    waiting = waiting.length === 0 ? Buffer.from(part) : Buffer.concat([waiting, part]);
    let start = 0;
    for (; waiting.length - start > chunkBytes; start += chunkBytes)
      yield seal(waiting.subarray(start, start + chunkBytes), false);
    waiting = waiting.subarray(start);
  }
  yield seal(waiting, true);
}

/** Decrypts what {@link sealStream} wrote. Throws before it gives anything of a chunk that does not open. */
export async function* openStream(passphrase: string, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let opened: { readonly key: Buffer; readonly header: Buffer } | undefined;
  let number = 0;
  const open = (chunk: Buffer, isLast: boolean): Buffer => {
    if (opened === undefined) throw noBackup();
    const decipher = createDecipheriv('aes-256-gcm', opened.key, nonceOf(number, isLast), { authTagLength: tagBytes });
    decipher.setAAD(opened.header).setAuthTag(chunk.subarray(-tagBytes));
    number += 1;
    try {
      return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()]);
    } catch {
      throw doesNotOpen(number === 1);
    }
  };
  for await (const part of sealed) {
    waiting = Buffer.concat([waiting, part]);
    if (opened === undefined) {
      const found = readHeader(waiting);
      if (found === undefined) continue;
      opened = { key: await deriveKey(passphrase, found.salt, found.cost), header: waiting.subarray(0, found.length) };
      waiting = waiting.subarray(found.length);
    }
    const whole = chunkBytes + tagBytes;
    let start = 0;
    for (; waiting.length - start > whole; start += whole) yield open(waiting.subarray(start, start + whole), false);
    waiting = waiting.subarray(start);
  }
  if (waiting.length < tagBytes) throw doesNotOpen(number === 0);
  yield open(waiting, true);
}

interface Header {
  readonly salt: Buffer;
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
  readonly length: number;
}

function readHeader(bytes: Buffer): Header | undefined {
  const start = bytes.subarray(0, magic.length).toString('latin1');
  if (!magic.startsWith(start)) throw noBackup();
  const end = bytes.indexOf('\n', magic.length);
  if (end === -1) {
    if (bytes.length > 4096) throw noBackup();
    return undefined;
  }
  try {
    const { N, r, p, salt } = JSON.parse(bytes.subarray(magic.length, end).toString('utf8')) as Record<string, unknown>;
    // What a file asks for is not spent without a limit.
    if (typeof N === 'number' && N <= 2 ** 20 && typeof r === 'number' && r <= 16 && typeof p === 'number' && p <= 4) {
      return { salt: Buffer.from(String(salt), 'base64'), cost: { N, r, p }, length: end + 1 };
    }
  } catch {
    // Told below.
  }
  throw noBackup();
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function deriveKey(passphrase: string, salt: Buffer, { N, r, p }: Header['cost']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

const noBackup = (): AppError =>
  new AppError('input', {
    code: 'backup.not-one',
    message: 'This is no backup of Fettle.',
    hint: 'Backups are made by fettle server backup.',
  });

const doesNotOpen = (isFirst: boolean): AppError =>
  new AppError('input', {
    code: 'backup.does-not-open',
    message: isFirst
      ? 'The passphrase is wrong, or the backup is damaged.'
      : 'The backup is damaged: a part of it is changed or missing.',
    hint: isFirst ? 'Use the passphrase or key file it was made with.' : 'Use another copy of it.',
  });
