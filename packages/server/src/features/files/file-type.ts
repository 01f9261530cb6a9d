import { extname } from 'node:path';

interface Signature {
  readonly type: string;
  readonly endings: readonly string[];
  readonly matches: (bytes: Buffer) => boolean;
}

const startsWith =
  (...start: readonly number[]) =>
  (bytes: Buffer): boolean =>
    start.every((byte, index) => bytes[index] === byte);

const signatures: readonly Signature[] = [
  { type: 'image/png', endings: ['.png'], matches: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { type: 'image/jpeg', endings: ['.jpg', '.jpeg'], matches: startsWith(0xff, 0xd8, 0xff) },
  { type: 'image/gif', endings: ['.gif'], matches: (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) },
  {
    type: 'image/webp',
    endings: ['.webp'],
    matches: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  },
  { type: 'application/pdf', endings: ['.pdf'], matches: (bytes) => bytes.toString('latin1', 0, 5) === '%PDF-' },
  {
    type: 'application/zip',
    endings: ['.zip', '.docx', '.xlsx', '.pptx', '.odt', '.ods'],
    matches: startsWith(0x50, 0x4b),
  },
];

/** Image types that browsers may show in place: rasters cannot carry scripts. */
export const shownInPlace: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The type of a file by its first bytes; what is not recognised is plain bytes, whatever its name says. */
export function typeOfBytes(start: Buffer): string {
  return signatures.find((signature) => signature.matches(start))?.type ?? 'application/octet-stream';
}

/** True when the name promises a type that the bytes are not: a page called `photo.png`. */
export function contradictsName(name: string, type: string): boolean {
  const ending = extname(name).toLowerCase();
  const promised = signatures.find((signature) => signature.endings.includes(ending));
  return promised !== undefined && promised.type !== type;
}
