import { Buffer } from 'node:buffer';
import { inputError } from '@fettle/base';
import type { ArchiveLimits } from './archive/archive-limits.ts';
import { readArchive, type PackageFiles } from './archive/read-archive.ts';
import { readPluginManifest } from './parse-plugin-manifest.ts';
import { pluginFile, type PluginManifest } from './plugin-manifest.ts';
import { integrityOf, verifySignature } from './signature.ts';

/** A plugin as it came: everything about it is checked, nothing of it was run. */
export interface PluginPackage {
  readonly manifest: PluginManifest;
  readonly files: PackageFiles;
  /** sha512 of the archive. */
  readonly integrity: string;
  /** The public key that signed it; absent when it is not signed. */
  readonly signedBy: string | undefined;
}

/** Reads a packed plugin and checks all of it. */
export async function readPlugin(archive: Uint8Array, limits?: ArchiveLimits): Promise<PluginPackage> {
  return readPluginFiles(await readArchive(archive, limits), integrityOf(archive));
}

/** The same for files that come from a folder. */
export function readPluginFiles(files: PackageFiles, integrity: string): PluginPackage {
  const text = files.get(pluginFile);
  if (text === undefined)
    throw inputError({
      code: 'plugin.manifest-missing',
      message: `There is no ${pluginFile} in the package.`,
      hint: 'Is this a plugin for Fettle? Build and pack it with `fettle plugin pack`.',
    });
  const manifest = readPluginManifest(Buffer.from(text).toString('utf8'));
  for (const path of [manifest.server, manifest.browser]) {
    if (path !== undefined && !files.has(path))
      throw inputError({
        code: 'plugin.file-missing',
        message: `The plugin names "${path}" as its code, which is not in the package.`,
        hint: 'Build the plugin before you pack it.',
      });
  }
  return { manifest, files, integrity, signedBy: verifySignature(files)?.key };
}
