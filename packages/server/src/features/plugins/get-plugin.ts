import { readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { AppError, inputError, isJsonObject, notAllowed, notFound } from '@fettle/base';
import type { PluginOrigin } from '@fettle/contract';
import { archiveLimits, assertIntegrity, writeArchive } from '@fettle/sdk/plugin';
import type { ServerFetch } from '../../outbound/guarded-fetch.ts';

/** How plugins can be got. */
export interface PluginSources {
  readonly fetch: ServerFetch;
  /** Address of a package registry, without a final slash. */
  readonly registry: string | undefined;
  /** Folders whose plugins can be installed as they are. */
  readonly folders: readonly string[];
}

/** A packed plugin with where it came from. */
export interface FoundPlugin {
  readonly archive: Uint8Array;
  readonly name: string;
}

const timeoutMs = 60_000;

/** Gets a packed plugin. Nothing of it is looked at yet but its sum, where one was announced. */
export async function getPlugin(sources: PluginSources, from: PluginOrigin, signal: AbortSignal): Promise<FoundPlugin> {
  switch (from.kind) {
    case 'url': {
      const archive = await download(sources, from.url, signal);
      if (from.integrity !== undefined) assertIntegrity(archive, from.integrity);
      return { archive, name: withoutQuery(from.url) };
    }
    case 'registry':
      return fromRegistry(sources, from, signal);
    case 'folder':
      return { archive: await packFolder(sources.folders, from.path), name: from.path };
  }
}

async function download({ fetch }: PluginSources, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: 'GET',
    headers: { accept: 'application/octet-stream, */*' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    maxBytes: archiveLimits.packedBytes,
  });
  if (response.status === 200) return response.body;
  throw new AppError('upstream', {
    code: 'plugin.download-failed',
    message: `The plugin cannot be downloaded: its address answers ${response.status}.`,
    hint: 'Check the address. It must answer the .tgz file itself, without signing in.',
  });
}

/** The newest version of a package, as its registry says. */
export async function latestInRegistry(sources: PluginSources, name: string, signal: AbortSignal): Promise<string> {
  const latest = objectAt(await describePackage(sources, name, signal), 'dist-tags')?.['latest'];
  if (typeof latest === 'string') return latest;
  throw new AppError('upstream', {
    code: 'plugin.registry-answer',
    message: 'The registry does not say which version is the newest.',
    hint: 'Check FETTLE_PLUGIN_REGISTRY, and that the package is there.',
  });
}

async function describePackage(sources: PluginSources, name: string, signal: AbortSignal): Promise<unknown> {
  const { fetch, registry } = sources;
  if (registry === undefined)
    throw notAllowed({
      code: 'plugin.no-registry',
      message: 'This installation has no package registry for plugins.',
      hint: 'Its operator can name one in FETTLE_PLUGIN_REGISTRY. Or install from a file or an address.',
    });
  const response = await fetch(`${registry}/${name.replace('/', '%2F')}`, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    maxBytes: 20_000_000,
  });
  if (response.status === 404) throw unknownPackage(name);
  return response.status === 200 ? parseJson(response.body) : undefined;
}

async function fromRegistry(
  sources: PluginSources,
  from: Extract<PluginOrigin, { kind: 'registry' }>,
  signal: AbortSignal,
): Promise<FoundPlugin> {
  const described = await describePackage(sources, from.name, signal);
  const tags = objectAt(described, 'dist-tags');
  const version = from.version ?? tags?.['latest'];
  const release = typeof version === 'string' ? objectAt(objectAt(described, 'versions'), version) : undefined;
  const dist = objectAt(release, 'dist');
  const { tarball, integrity } = dist ?? {};
  if (described !== undefined && release === undefined) throw unknownPackage(`${from.name}@${String(version)}`);
  if (typeof tarball !== 'string' || typeof integrity !== 'string' || !integrity.startsWith('sha512-'))
    throw new AppError('upstream', {
      code: 'plugin.registry-answer',
      message: 'The registry does not say where the package is and what its sha512 sum is.',
      hint: 'Check FETTLE_PLUGIN_REGISTRY, and that the package is there.',
    });
  const archive = await download(sources, tarball, signal);
  assertIntegrity(archive, integrity);
  return { archive, name: from.name };
}

/** Packs the files of a folder, as they are: for plugins that are being written. */
async function packFolder(allowed: readonly string[], path: string): Promise<Uint8Array> {
  const folder = isAbsolute(path) ? await realpath(path).catch(() => undefined) : undefined;
  const parents = await Promise.all(allowed.map((parent) => realpath(parent).catch(() => undefined)));
  const isAllowed =
    folder !== undefined &&
    parents.some((parent) => {
      if (parent === undefined) return false;
      const way = relative(parent, folder);
      return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
    });
  if (folder === undefined || !isAllowed)
    throw notAllowed({
      code: 'plugin.folder-not-allowed',
      message: 'Plugins cannot be installed from this folder.',
      hint: 'Folders of plugins that are being written stand in FETTLE_PLUGIN_DIRS.',
    });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length > archiveLimits.files)
    throw inputError({
      code: 'plugin.folder-too-large',
      message: `The folder holds more than ${archiveLimits.files} files.`,
      hint: 'Name the folder that `fettle plugin build` writes, usually "dist".',
    });
  const contents = new Map<string, Uint8Array>();
  for (const file of files) {
    const place = join(file.parentPath, file.name);
    contents.set(relative(folder, place).split(sep).join('/'), await readFile(place));
  }
  return writeArchive(contents);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function objectAt(value: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  const found = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isJsonObject(found) ? found : undefined;
}

// Addresses can hold a key behind the question mark.
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, 500);
}

function unknownPackage(name: string) {
  return notFound({
    code: 'plugin.package-unknown',
    message: `The registry has no package "${name.slice(0, 220)}".`,
    hint: 'Check its name and version.',
  });
}
