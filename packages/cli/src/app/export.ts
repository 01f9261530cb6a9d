import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { conflict } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { packFiles } from './archive.ts';
import { aboutApp, aboutFile, aboutText } from './folder/app-about.ts';
import { writeAppFiles, writeWhole } from './folder/app-folder.ts';
import { readDraft } from './remote-app.ts';
import { findTarget } from './target-app.ts';

/** Writes a draft into an archive or a folder. */
export async function exportApp(
  context: CommandContext,
  options: { readonly app: string | undefined; readonly target: string; readonly force: boolean },
): Promise<CommandResult> {
  const { client, info, workspace } = await findTarget(context, { app: options.app, folder: undefined });
  const target = resolve(context.folder, options.target);
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  if (isThere && !options.force) {
    throw conflict({
      code: 'export.exists',
      message: `${target} is there already.`,
      hint: 'Choose another name, or overwrite it with --force.',
    });
  }
  const { app, files, revision } = await readDraft(client, info.id);
  const { dataSources } = await client.call(routes.dataSources.list, { params: { workspaceId: workspace.id } });
  const about = aboutText(aboutApp(app, dataSources));
  if (target.endsWith('.zip')) await writeWhole(target, packFiles({ ...files, [aboutFile]: about }));
  else {
    await writeAppFiles(target, files);
    await writeWhole(join(target, aboutFile), about);
  }
  return {
    data: { app: info.slug, revision, target, files: Object.keys(files).length + 1 },
    text: `${info.name} at revision ${revision} is in ${target}.`,
  };
}
