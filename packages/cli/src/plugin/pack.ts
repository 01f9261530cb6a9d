import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '@fettle/base';
import { integrityOf, readPlugin, signPackage, writeArchive } from '@fettle/sdk/plugin';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import { buildProject } from './build-project.ts';
import { readProject } from './project.ts';

/** Builds a plugin, packs it, and signs it when a key is given. */
export async function packPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const { folder, options, output } = context;
  const project = await readProject(folder, context.arguments['folder'] as string | undefined);
  output.progress('Building…');
  const { files, manifest } = await buildProject(project);
  const key = options['sign'] as string | undefined;
  const archive = writeArchive(key === undefined ? files : signPackage(files, await readKey(resolve(folder, key))));
  // What is not taken by the reader would be refused wherever it is installed.
  const { signedBy } = await readPlugin(archive);
  const given = options['output'] as string | undefined;
  const file =
    given === undefined ? join(project.folder, `${manifest.id}-${manifest.version}.tgz`) : resolve(folder, given);
  await writeFile(file, archive);
  const integrity = integrityOf(archive);
  return {
    data: {
      file,
      id: manifest.id,
      version: manifest.version,
      integrity,
      bytes: archive.length,
      signedBy: signedBy ?? null,
    },
    text: `Packed ${file} (${Math.ceil(archive.length / 1024)} kB)\n${integrity}`,
  };
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', {
      code: 'file.missing',
      message: `The key ${file} cannot be read.`,
      hint: 'Make one with: openssl genpkey -algorithm ed25519 -out acme.pem',
      cause,
    });
  }
}
