import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { inputError } from '@fettle/base';

// Archives hold no times of their own, so that the same files always give the same bytes.
const time = new Date('2000-01-01T00:00:00');
const mostFiles = 20_000;
const mostBytes = 200 * 1024 * 1024;

/** Packs files: the same files give the same bytes, in whatever order they come. */
export function packFiles(files: Readonly<Record<string, string>>): Uint8Array {
  const entries: Zippable = {};
  for (const path of Object.keys(files).toSorted())
    entries[path] = [strToU8(files[path] ?? ''), { mtime: time, level: 9 }];
  return zipSync(entries);
}

/** Reads an archive. One that would not fit is refused by what it says of itself, before it is unpacked. */
export function unpackFiles(bytes: Uint8Array): Readonly<Record<string, string>> {
  let count = 0;
  let size = 0;
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        count += 1;
        size += originalSize;
        if (count > mostFiles || size > mostBytes) throw tooLarge();
        return !name.endsWith('/');
      },
    });
    return Object.fromEntries(Object.entries(unpacked).map(([path, content]) => [path, strFromU8(content)]));
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    throw inputError({
      code: 'archive.unreadable',
      message: 'This is no archive of an app.',
      hint: 'Archives are made by fettle app export <file>.zip.',
      cause: error,
    });
  }
}

function tooLarge(): Error {
  return inputError({ code: 'archive.too-large', message: 'This archive is larger than an app can be.' });
}
