import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, createId } from '@fettle/base';
import { assertIntegrity, readArchive, type PackageFiles } from '@fettle/sdk/plugin';

/** Which archive. */
export interface ArchivePlace {
  readonly workspaceId: string;
  readonly integrity: string;
}

/** Plugins as files, for their processes to read. */
export interface UnpackedPlugins {
  /** The folder of a plugin, whose files are those of its archive: looked at anew, each time a process is started. */
  folderOf(place: ArchivePlace): Promise<string>;
  /** The files of an archive. */
  filesOf(place: ArchivePlace): Promise<PackageFiles>;
}

/** Makes them, in a folder that holds nothing else and may be lost at any time. */
export function createUnpackedPlugins(options: {
  readonly folder: string;
  readonly readArchive: (place: ArchivePlace) => Promise<Uint8Array | undefined>;
}): UnpackedPlugins {
  const busy = new Map<string, Promise<string>>();
  const filesOf = async (place: ArchivePlace): Promise<PackageFiles> => {
    const archive = await options.readArchive(place);
    if (archive === undefined)
      throw new AppError('unavailable', {
        code: 'plugin.archive-lost',
        message: 'The files of the plugin are not there.',
        hint: 'Install it again.',
      });
    // What runs is what was installed, whatever happened to the store.
    assertIntegrity(archive, place.integrity);
    const files = await readArchive(archive);
    // Modules are recognised as such wherever the package says nothing.
    return files.has('package.json') ? files : new Map([...files, ['package.json', Buffer.from('{"type":"module"}')]]);
  };
  const unpack = async (place: ArchivePlace): Promise<string> => {
    const files = await filesOf(place);
    const name = createHash('sha256').update(place.integrity).digest('hex').slice(0, 32);
    const folder = join(options.folder, name);
    if (!(await holds(folder, files))) await replace(folder, files);
    // Node's permissions are about the place itself, not about links that lead there.
    return realpath(folder);
  };
  return {
    filesOf,
    folderOf(place) {
      const known = busy.get(place.integrity);
      if (known !== undefined) return known;
      const working = unpack(place).finally(() => busy.delete(place.integrity));
      busy.set(place.integrity, working);
      return working;
    },
  };
}

/** True when a folder holds exactly these files. */
async function holds(folder: string, files: PackageFiles): Promise<boolean> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = found.filter((entry) => !entry.isDirectory());
    if (names.length !== files.size || names.some((entry) => !entry.isFile())) return false;
    for (const [path, bytes] of files) {
      const there = await readFile(join(folder, path));
      if (there.length !== bytes.length || !timingSafeEqual(there, bytes)) return false;
    }
    return true;
  } catch {
    return false;
  }
}

async function replace(folder: string, files: PackageFiles): Promise<void> {
  const fresh = `${folder}.${createId('new', 12)}`;
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  try {
    for (const [path, bytes] of files) {
      const file = join(fresh, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o400, flag: 'wx' });
    }
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}
