import { gzipSync } from 'node:zlib';
import { inputError } from '@fettle/base';
import { complainAboutPath } from './archive-path.ts';
import type { PackageFiles } from './read-archive.ts';
import { shown, writeTar } from './tar.ts';

/** Packs files as a plugin. The same files give the same bytes: no times, owners, rights or order of a disk in it. */
export function writeArchive(files: PackageFiles): Uint8Array {
  const entries = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [path] of entries) {
    const complaint = complainAboutPath(`package/${path}`);
    if (complaint !== undefined)
      throw inputError({
        code: 'plugin.path-refused',
        message: `"${shown(path)}" cannot be packed: its path ${complaint}.`,
        hint: 'Rename it.',
      });
  }
  const packed = gzipSync(writeTar(entries.map(([path, bytes]) => ({ path: `package/${path}`, bytes }))), { level: 9 });
  // The header names the system it was packed on; 255 is "unknown".
  packed[9] = 255;
  return new Uint8Array(packed);
}
