import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@fettle/base';
import type { AppFiles } from '@fettle/definition';

const singles = ['app.json', 'access.json', 'theme.json'];
const folders = ['screens', 'queries', 'flows', 'flow-tests'];

/** Reads the files of an app. Anything else in the folder, such as a README, is left alone. */
export async function readAppFiles(folder: string): Promise<AppFiles> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw cannot('read', folder, error);
  });
  if (!singles.some((name) => names.includes(name))) {
    throw new AppError('not-found', {
      code: 'folder.no-app',
      message: `${folder} has no app in it: there is no app.json.`,
      hint: 'Name the folder of an app, or get one: fettle app pull --app <app>',
    });
  }
  const files: Record<string, string> = {};
  const read = async (path: string): Promise<void> => {
    files[path] = await readFile(join(folder, path), 'utf8').catch((error: unknown) => {
      throw cannot('read', join(folder, path), error);
    });
  };
  for (const name of singles.filter((single) => names.includes(single))) await read(name);
  for (const name of folders.filter((list) => names.includes(list))) {
    const inside = (await readdir(join(folder, name))).filter((file) => file.endsWith('.json'));
    for (const file of inside.toSorted()) await read(`${name}/${file}`);
  }
  return files;
}

/** True when the folder holds an app. */
export async function hasApp(folder: string): Promise<boolean> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  return names.includes('app.json');
}

/**
 * Writes the files of an app that differ and removes those that are gone. Paths come from `saveApp`, which makes them of
 * checked names: they cannot lead out of the folder.
 */
export async function writeAppFiles(folder: string, files: AppFiles): Promise<readonly string[]> {
  const before = (await hasApp(folder)) ? await readAppFiles(folder) : {};
  const changed: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (before[path] === text) continue;
    await writeWhole(join(folder, path), text);
    changed.push(path);
  }
  for (const path of Object.keys(before)) {
    if (Object.hasOwn(files, path)) continue;
    await rm(join(folder, path));
    changed.push(path);
  }
  return changed;
}

/** Writes a file whole or not at all. */
export async function writeWhole(file: string, text: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    throw cannot('write', file, error);
  }
}

/** A file or folder of this machine cannot be used. */
export function cannot(verb: 'read' | 'write', path: string, cause: unknown): AppError {
  return new AppError('unavailable', {
    code: `file.cannot-${verb}`,
    message: `${path} cannot be ${verb === 'read' ? 'read' : 'written'} (${(cause as NodeJS.ErrnoException).code ?? String(cause)}).`,
    hint: 'Check that it exists and that this account may use it.',
    cause,
  });
}
