import { join } from 'node:path';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import { buildProject, writeBuild } from './build-project.ts';
import { readProject } from './project.ts';

/** Builds a plugin into its folder `dist`. */
export async function buildPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const project = await readProject(context.folder, context.arguments['folder'] as string | undefined);
  context.output.progress('Building…');
  const built = await buildProject(project);
  const folder = join(project.folder, 'dist');
  await writeBuild(built, folder);
  const { id, version } = built.manifest;
  return {
    data: { id, version, folder, files: [...built.files.keys()] },
    text: `Built ${id} ${version} into ${folder}`,
  };
}
