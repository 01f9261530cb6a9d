import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@fettle/base';
import { integrityOf, pluginFile, readPluginFiles, type PackageFiles, type PluginManifest } from '@fettle/sdk/plugin';
import type { Plugin } from 'vite';
import { noMemory, ownFiles, type BuildMemory } from './build-memory.ts';
import { bundleComponents } from './build-browser.ts';
import { componentsEntry, functionsEntry, projectEntry, type PluginProject } from './project.ts';
import { sdkAliases } from './sdk-aliases.ts';

/** A built plugin. */
export interface BuiltPlugin {
  readonly manifest: PluginManifest;
  /** What is packed, by path. */
  readonly files: PackageFiles;
}

const serverFile = 'server.js';
const browserFile = 'browser.js';
/** Files of a project that belong in its package as they are. */
const carried = /^(?:readme|license|licence|changelog)(?:\.(?:md|txt))?$/i;

interface Extension {
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Builds a project: its code, and its manifest with all it brings. Throws everything that is wrong. */
export async function buildProject(project: PluginProject, memory: BuildMemory = noMemory): Promise<BuiltPlugin> {
  const work = await mkdtemp(join(tmpdir(), 'fettle-build-'));
  try {
    const [server, components, functions] = await Promise.all([
      buildServer(project.folder, join(work, 'server'), memory),
      buildComponents(project, join(work, 'components'), memory),
      readFunctions(project.folder, join(work, 'functions'), memory),
    ]);
    if (server === undefined && components === undefined && functions === undefined) throw nothingThere();
    const manifest = {
      ...project.head,
      format: 1,
      contributions: { ...server?.brought, ...components?.brought, ...functions },
      ...(server === undefined ? {} : { server: serverFile }),
      ...(components === undefined ? {} : { browser: browserFile }),
    };
    const files = new Map<string, Uint8Array>([
      [pluginFile, text(manifest)],
      ['package.json', text(packageOf(project.head))],
      ...(server === undefined ? [] : [[serverFile, server.code] as const]),
      ...(components === undefined ? [] : [[browserFile, components.code] as const]),
      ...(await carriedFiles(project.folder)),
    ]);
    return { manifest: readPluginFiles(files, integrityOf(text(manifest))).manifest, files };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Built {
  readonly code: Uint8Array;
  /** Manifests of what the code brings. */
  readonly brought: Readonly<Record<string, unknown>>;
}

async function buildServer(folder: string, output: string, memory: BuildMemory): Promise<Built | undefined> {
  if (!(await isThere(join(folder, projectEntry)))) return undefined;
  return memory.keep('server', async () => {
    const files = await bundle(folder, { entry: projectEntry, output, file: serverFile });
    const file = join(output, serverFile);
    const brought = await contributionsOf(file, ['connectors', 'eventActions', 'flowActions', 'flowTriggers']);
    return { files, built: { code: await readFile(file), brought } };
  });
}

async function buildComponents(
  { folder, head }: PluginProject,
  output: string,
  memory: BuildMemory,
): Promise<Built | undefined> {
  if (!(await isThere(join(folder, componentsEntry)))) return undefined;
  const manifests = memory.keep('manifests of components', async () => {
    // Their manifests are read here; the components themselves are loaded by browsers alone.
    const files = await bundle(folder, { entry: componentsEntry, output, file: 'components.js', isSplit: true });
    return { files, built: await contributionsOf(join(output, 'components.js'), ['components']) };
  });
  const [code, brought] = await Promise.all([bundleComponents(folder, String(head['id'])), manifests]);
  return { code, brought };
}

/** Functions are data: their module is loaded here, and nothing of it is packed. */
async function readFunctions(
  folder: string,
  output: string,
  memory: BuildMemory,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!(await isThere(join(folder, functionsEntry)))) return undefined;
  return memory.keep('functions', async () => {
    const files = await bundle(folder, { entry: functionsEntry, output, file: 'functions.js' });
    return { files, built: await contributionsOf(join(output, 'functions.js'), ['functions']) };
  });
}

/** Writes a built plugin to a folder, whose contents are only ever those of one build. */
export async function writeBuild(built: BuiltPlugin, folder: string): Promise<void> {
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  for (const [path, bytes] of built.files) {
    const file = join(fresh, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

interface Bundle {
  readonly entry: string;
  readonly output: string;
  readonly file: string;
  /** What is loaded later is in files of its own, so that it is not loaded at all. */
  readonly isSplit?: boolean;
}

/** Answers the files of the project that loading the bundle runs. */
async function bundle(folder: string, { entry, output, file, isSplit = false }: Bundle): Promise<readonly string[]> {
  const { build } = await import('vite');
  const place = await realpath(folder);
  const loaded = new Set<string>();
  const follow: Plugin = {
    name: 'fettle-follow-loaded',
    buildEnd() {
      const left = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry === true);
      for (let id = left.pop(); id !== undefined; id = left.pop()) {
        if (loaded.has(id)) continue;
        loaded.add(id);
        const { importedIds = [], dynamicallyImportedIds = [] } = this.getModuleInfo(id) ?? {};
        left.push(...importedIds, ...(isSplit ? [] : dynamicallyImportedIds));
      }
    },
  };
  try {
    await build({
      plugins: [follow],
      configFile: false,
      root: folder,
      logLevel: 'silent',
      publicDir: false,
      resolve: { alias: sdkAliases() },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: true,
        outDir: output,
        emptyOutDir: true,
        target: 'node22',
        minify: false,
        sourcemap: false,
        rolldownOptions: {
          input: join(folder, entry),
          output: { entryFileNames: file, ...(isSplit ? {} : { codeSplitting: false }) },
        },
      },
    });
    return ownFiles(place, loaded);
  } catch (cause) {
    throw new AppError('input', {
      code: 'plugin.build-failed',
      message: `The plugin cannot be built. ${(cause as Error).message}`.slice(0, 4000),
      hint: `Correct the code. What the plugin brings is exported by ${entry}.`,
      cause,
    });
  }
}

/** The manifests that the built code exports, as data. */
async function contributionsOf(file: string, kinds: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new AppError('input', {
      code: 'plugin.load-failed',
      message: `The code of the plugin cannot be loaded: ${(cause as Error).message}`,
      hint: 'Loading it must do nothing but define what it brings.',
      cause,
    });
  }
  const brought: Record<string, unknown> = {};
  for (const kind of kinds) {
    const list = module[kind];
    if (Array.isArray(list)) brought[kind] = list.map((extension: Extension) => extension.manifest ?? extension);
  }
  return JSON.parse(JSON.stringify(brought)) as Readonly<Record<string, unknown>>;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

const nothingThere = () =>
  new AppError('input', {
    code: 'plugin.no-code',
    message: `There is none of ${projectEntry}, ${componentsEntry} and ${functionsEntry}.`,
    hint: 'What the plugin brings is exported by these files.',
  });

function packageOf(head: PluginProject['head']): Readonly<Record<string, unknown>> {
  const { id, version, description, license } = head;
  return {
    name: `fettle-plugin-${String(id)}`,
    version,
    description,
    license,
    type: 'module',
    keywords: ['fettle-plugin'],
  };
}

async function carriedFiles(folder: string): Promise<readonly (readonly [string, Uint8Array])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && carried.test(entry.name)).map(({ name }) => name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const path = relative(folder, join(folder, name)).split(sep).join('/');
      return [path, await readFile(join(folder, name))] as const;
    }),
  );
}

function text(json: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(json, undefined, 2)}\n`);
}
