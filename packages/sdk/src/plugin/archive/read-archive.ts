import type { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@fettle/base';
import { archiveLimits, type ArchiveLimits } from './archive-limits.ts';
import { complainAboutPath } from './archive-path.ts';
import { archiveError, readTar, shown } from './tar.ts';

const unpack = promisify(gunzip);

/** Files of a package by their path below `package/`, in the order of their paths. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Reads a packed plugin (`.tgz`, as npm packs it) in memory; nothing is written anywhere. Refused as a whole when
 * anything in it is not a plain file in its place: links, devices, paths that lead elsewhere, two names that some file
 * system takes for one, and whatever unpacks to more than it may.
 */
export async function readArchive(archive: Uint8Array, limits: ArchiveLimits = archiveLimits): Promise<PackageFiles> {
  if (archive.length > limits.packedBytes) throw tooLarge(`is larger than ${megabytes(limits.packedBytes)} MB.`);
  if (archive[0] !== 0x1f || archive[1] !== 0x8b)
    throw archiveError('is not a .tgz file.', 'Choose the .tgz file that `fettle plugin pack` or `npm pack` made.');
  return collect(await inflate(archive, limits), limits);
}

async function inflate(archive: Uint8Array, limits: ArchiveLimits): Promise<Buffer> {
  try {
    return await unpack(archive, { maxOutputLength: limits.unpackedBytes });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(`unpacks to more than ${megabytes(limits.unpackedBytes)} MB.`);
    throw archiveError('is damaged, or is not a .tgz file.');
  }
}

function collect(tar: Buffer, limits: ArchiveLimits): PackageFiles {
  const files = new Map<string, Uint8Array>();
  const folders = new Set<string>();
  // By what a file system that does not tell case would call it.
  const seen = new Map<string, string>();
  let entries = 0;
  for (const { path, kind, bytes } of readTar(tar)) {
    entries += 1;
    if (entries > limits.files) throw tooLarge(`holds more than ${limits.files} files.`);
    const complaint = complainAboutPath(path);
    if (complaint !== undefined) throw archiveError(`holds a path that ${complaint}: "${shown(path)}".`);
    if (path !== 'package' && !path.startsWith('package/'))
      throw archiveError(`holds "${shown(path)}", which is not in the folder "package".`);
    const name = path.slice('package/'.length);
    if (kind === 'folder') {
      if (name !== '') folders.add(name.toLowerCase());
      continue;
    }
    if (name === '') throw archiveError('holds a file in place of the folder "package".');
    if (bytes.length > limits.fileBytes)
      throw tooLarge(`holds "${shown(name)}", which is larger than ${megabytes(limits.fileBytes)} MB.`);
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined)
      throw archiveError(
        twin === name
          ? `holds "${shown(name)}" twice.`
          : `holds "${shown(twin)}" and "${shown(name)}", which some systems take for one.`,
      );
    seen.set(name.toLowerCase(), name);
    files.set(name, new Uint8Array(bytes));
  }
  for (const name of seen.keys()) assertNoFileAbove(name, seen, folders);
  return new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function assertNoFileAbove(name: string, files: ReadonlyMap<string, string>, folders: ReadonlySet<string>): void {
  if (folders.has(name)) throw archiveError(`holds "${shown(name)}" both as a file and as a folder.`);
  for (let cut = name.lastIndexOf('/'); cut !== -1; cut = name.lastIndexOf('/', cut - 1)) {
    if (files.has(name.slice(0, cut)))
      throw archiveError(`holds "${shown(name.slice(0, cut))}" both as a file and as a folder.`);
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

function tooLarge(what: string): AppError {
  return new AppError('too-large', {
    code: 'plugin.archive-too-large',
    message: `The archive ${what}`,
    hint: 'Leave out what the plugin does not need at run time: sources, tests, node_modules.',
  });
}
