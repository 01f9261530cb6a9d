import { Buffer } from 'node:buffer';
import { inputError, type AppError } from '@fettle/base';

/** One entry of a tar archive: what its header says, and its bytes. */
export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: Buffer;
}

/** Size of a block: headers are one, contents are filled up to one. */
const block = 512;

const kinds: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a pipe',
  '7': 'a contiguous file',
  g: 'a global extended header',
  x: 'an extended header',
  L: 'a long name of GNU tar',
  K: 'a long link of GNU tar',
  S: 'a sparse file',
};

/** Reads a tar archive entry by entry. Anything but plain files and folders is refused, and so is what is cut off. */
export function* readTar(archive: Buffer): Generator<TarEntry> {
  let offset = 0;
  for (;;) {
    if (offset + block > archive.length) throw archiveError('ends in the middle: it is not complete.');
    const header = archive.subarray(offset, offset + block);
    if (header.every((byte) => byte === 0)) return assertEnd(archive, offset);
    assertChecksum(header);
    const path = pathOf(header);
    const type = String.fromCharCode(header[156] ?? 0);
    const size = octal(header.subarray(124, 136), path);
    offset += block;
    if (type === '5') {
      if (size !== 0) throw archiveError(`holds a folder with contents: "${shown(path)}".`);
      yield { path: path.replace(/\/$/, ''), kind: 'folder', bytes: Buffer.alloc(0) };
      continue;
    }
    if (type !== '0' && type !== '\0')
      throw archiveError(
        `holds ${kinds[type] ?? 'something that is no file'}: "${shown(path)}". Only plain files are allowed.`,
      );
    if (offset + size > archive.length) throw archiveError(`ends in the middle of "${shown(path)}".`);
    yield { path, kind: 'file', bytes: archive.subarray(offset, offset + size) };
    offset += Math.ceil(size / block) * block;
  }
}

/** Writes files as a tar archive: the same files give the same bytes, whenever and wherever. */
export function writeTar(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const { path, bytes } of files) {
    parts.push(headerOf(path, bytes.length), bytes, Buffer.alloc((block - (bytes.length % block)) % block));
  }
  return Buffer.concat([...parts, Buffer.alloc(block * 2)]);
}

/** An archive that is refused; `what` completes "The archive …". */
export function archiveError(what: string, hint = 'Pack it with `fettle plugin pack`.'): AppError {
  return inputError({ code: 'plugin.archive-refused', message: `The archive ${what}`, hint });
}

/** A path as messages show it: short, and without what a terminal would act on. */
export function shown(path: string): string {
  const plain = path.replaceAll(/[\p{C}\u2028\u2029"]/gu, '?');
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}

function assertEnd(archive: Buffer, offset: number): void {
  if (archive.length - offset < block * 2) throw archiveError('ends in the middle: it is not complete.');
  if (archive.subarray(offset).some((byte) => byte !== 0)) throw archiveError('goes on after its end.');
}

function assertChecksum(header: Buffer): void {
  // The one field that archives end with a zero and a blank.
  const stated = Number.parseInt(/^[ 0-7]*/.exec(header.toString('latin1', 148, 156))?.[0] ?? '', 8);
  // The checksum is made with its own field as blanks.
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (stated !== sum) throw archiveError('is damaged, or is not a tar archive.');
}

function pathOf(header: Buffer): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = textOf(header.subarray(257, 262)) === 'ustar';
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The text of a field up to its end. Bytes after the end are a way to show two names to two readers. */
function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  const text = field.subarray(0, end === -1 ? field.length : end);
  if (end !== -1 && field.subarray(end).some((byte) => byte !== 0))
    throw archiveError('holds a name with something hidden behind its end.');
  return text.toString('latin1');
}

function octal(field: Buffer, path: string): number {
  const text = textOf(field).trim();
  if (!/^[0-7]{1,11}$/.test(text)) throw archiveError(`states no size for "${shown(path)}".`);
  return Number.parseInt(text, 8);
}

function headerOf(path: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const cut = path.length > 100 ? path.lastIndexOf('/', 155) : -1;
  if (path.length > 100 && (cut === -1 || path.length - cut - 1 > 100))
    throw inputError({
      code: 'plugin.path-too-long',
      message: `The path "${shown(path)}" is too long for an archive.`,
      hint: 'Shorten the names of its folders.',
    });
  const write = (text: string, offset: number): void => void header.write(text, offset, 'latin1');
  write(path.slice(cut + 1), 0);
  write('0000644\0', 100);
  write('0000000\0', 108);
  write('0000000\0', 116);
  write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  write('00000000000\0', 136);
  write('        ', 148);
  write('0', 156);
  write('ustar\u000000', 257);
  write('0000000\0', 329);
  write('0000000\0', 337);
  if (cut !== -1) write(path.slice(0, cut), 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
