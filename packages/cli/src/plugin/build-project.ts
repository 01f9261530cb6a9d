import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '@fettle/base';
import { integrityOf, pluginFile, readPluginFiles, type PackageFiles, type PluginManifest } from '@fettle/sdk/plugin';
import { projectEntry, type PluginProject } from './project.ts';
import { sdkAliases } from './sdk-aliases.ts';

/** A built plugin. */
export interface BuiltPlugin {
  readonly manifest: PluginManifest;
  /** What is packed, by path. */
  readonly files: PackageFiles;
}

const serverFile = 'server.js';
/** Files of a project that belong in its package as they are. */
const carried = /^(?:readme|license|licence|changelog)(?:\.(?:md|txt))?$/i;

interface Extension {
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Builds a project: its code in one module, and its manifest with all it brings. Throws everything that is wrong. */
export async function buildProject(project: PluginProject): Promise<BuiltPlugin> {
  const work = await mkdtemp(join(tmpdir(), 'fettle-build-'));
  try {
    const code = await bundle(project.folder, work);
    const brought = await contributionsOf(join(work, serverFile));
    const manifest = { ...project.head, format: 1, contributions: brought, server: serverFile };
    const files = new Map<string, Uint8Array>([
      [pluginFile, text(manifest)],
      ['package.json', text(packageOf(project.head))],
      [serverFile, code],
      ...(await carriedFiles(project.folder)),
    ]);
    return { manifest: readPluginFiles(files, integrityOf(code)).manifest, files };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
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

async function bundle(folder: string, output: string): Promise<Uint8Array> {
  const { build } = await import('vite');
  try {
    await build({
      configFile: false,
      root: folder,
      logLevel: 'silent',
      publicDir: false,
      resolve: { alias: sdkAliases() },
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: true,
        outDir: output,
        emptyOutDir: true,
        target: 'node22',
        minify: false,
        sourcemap: false,
        rolldownOptions: {
          input: join(folder, projectEntry),
          output: { entryFileNames: serverFile, codeSplitting: false },
        },
      },
    });
  } catch (cause) {
    throw new AppError('input', {
      code: 'plugin.build-failed',
      message: `The plugin cannot be built. ${(cause as Error).message}`.slice(0, 4000),
      hint: `Correct the code. What the plugin brings is exported by ${projectEntry}.`,
      cause,
    });
  }
  return readFile(join(output, serverFile));
}

/** The manifests that the built code exports, as data. */
async function contributionsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
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
  for (const kind of ['connectors', 'flowActions', 'flowTriggers'] as const) {
    const list = module[kind];
    if (Array.isArray(list)) brought[kind] = list.map((extension) => (extension as Extension).manifest);
  }
  return JSON.parse(JSON.stringify(brought)) as Readonly<Record<string, unknown>>;
}

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
