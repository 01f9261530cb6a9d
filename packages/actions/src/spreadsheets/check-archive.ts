import { inflateRawSync } from 'node:zlib';
import { AppError, inputError } from '@fettle/base';

const maxEntries = 2_000;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const longestComment = 65_535;

/**
 * Throws unless a zip archive unpacks to at most `maxBytes` in all. What its list says is not believed: every entry is
 * unpacked once, up to the limit, before a library that trusts archives gets it.
 */
export function checkArchive(bytes: Uint8Array, maxBytes: number): void {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = maxBytes;
  for (const entry of entriesOf(archive)) {
    left -= entry.isStored ? entry.packed.length : unpackedSize(entry.packed, left, maxBytes);
    if (left < 0) throw tooLarge(maxBytes);
  }
}

interface Entry {
  readonly packed: Buffer;
  readonly isStored: boolean;
}

function* entriesOf(archive: Buffer): Iterable<Entry> {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  let place = archive.readUInt32LE(end + 16);
  // The sizes of larger archives stand elsewhere; no spreadsheet that a step could read has them.
  if (count > maxEntries || place === 0xffffffff) throw notReadable();
  for (let index = 0; index < count; index += 1) {
    if (place + 46 > archive.length || archive.readUInt32LE(place) !== entrySignature) throw notReadable();
    const method = archive.readUInt16LE(place + 10);
    const packedSize = archive.readUInt32LE(place + 20);
    const local = archive.readUInt32LE(place + 42);
    if (local + 30 > archive.length || (method !== 0 && method !== 8)) throw notReadable();
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (start + packedSize > archive.length) throw notReadable();
    yield { packed: archive.subarray(start, start + packedSize), isStored: method === 0 };
    place +=
      46 + archive.readUInt16LE(place + 28) + archive.readUInt16LE(place + 30) + archive.readUInt16LE(place + 32);
  }
}

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - endBytes - longestComment);
  for (let place = archive.length - endBytes; place >= first; place -= 1) {
    if (archive.readUInt32LE(place) === endSignature) return place;
  }
  throw notReadable();
}

function unpackedSize(packed: Buffer, left: number, maxBytes: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length;
  } catch (cause) {
    throw (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(maxBytes) : notReadable(cause);
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too-large', {
    code: 'workbook.too-large',
    message: `Unpacked, the file is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`,
    hint: 'Split it, or save only the sheet that is needed.',
  });
}

/** The error of bytes that are no XLSX file. */
export function notReadable(cause?: unknown): AppError {
  return inputError({
    code: 'workbook.invalid',
    message: 'The file is not a spreadsheet in XLSX.',
    hint: 'Save it as .xlsx, without a password. Older .xls files and CSV are something else.',
    cause,
  });
}
