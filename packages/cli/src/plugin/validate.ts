import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '@fettle/base';
import { describePermissions, readPlugin, type PluginManifest } from '@fettle/sdk/plugin';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { buildProject } from './build-project.ts';
import { readProject } from './project.ts';

/** Says everything that is wrong with a plugin, with its place. */
export async function validatePlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const place = context.arguments['place'] as string | undefined;
  try {
    const manifest = await manifestOf(context.folder, place);
    return { data: { isValid: true, manifest, problems: [] }, text: describe(manifest) };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'input') throw error;
    const problems = error.problems ?? [{ path: '', message: error.message }];
    const lines = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return { data: { isValid: false, problems }, text: lines.join('\n'), exitCode: exitCodes.found };
  }
}

async function manifestOf(folder: string, place: string | undefined): Promise<PluginManifest> {
  if (place !== undefined && /\.t(?:ar\.)?gz$/.test(place))
    return (await readPlugin(await readFile(resolve(folder, place)))).manifest;
  return (await buildProject(await readProject(folder, place))).manifest;
}

function describe({ id, version, title, contributions, permissions }: PluginManifest): string {
  const brought = Object.values(contributions)
    .flat()
    .map((one) => `  ${one.id}  ${one.title}`);
  const asked = describePermissions(permissions).map(({ text }) => `  ${text}`);
  return [
    `${title} (${id} ${version}) is right.`,
    'It brings:',
    ...brought,
    ...(asked.length === 0 ? ['It asks for no permissions.'] : ['It asks to:', ...asked]),
  ].join('\n');
}
