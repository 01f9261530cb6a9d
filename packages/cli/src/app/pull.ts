import { join } from 'node:path';
import { conflict } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { AppFiles } from '@fettle/definition';
import { loadApp, saveApp } from '@fettle/definition';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { aboutApp, aboutFile, aboutText } from './folder/app-about.ts';
import { hasApp, readAppFiles, writeAppFiles, writeWhole } from './folder/app-folder.ts';
import { changedPaths, hashFiles, writeState, type AppState } from './folder/app-state.ts';
import { readDraft } from './remote-app.ts';
import { findTarget, type TargetApp, type TargetOptions } from './target-app.ts';

/** Writes a draft into its folder. */
export async function pullApp(
  context: CommandContext,
  options: TargetOptions & { readonly force: boolean },
): Promise<CommandResult> {
  const target = await findTarget(context, options);
  const { client, folder, info, state } = target;
  context.output.progress(`Reading ${info.name} …`);
  const draft = await readDraft(client, info.id);
  if (!options.force) await assertNothingLost(folder, state, draft.files);
  const { dataSources } = await client.call(routes.dataSources.list, { params: { workspaceId: target.workspace.id } });
  const changed = await writeAppFiles(folder, draft.files);
  await writeWhole(join(folder, aboutFile), aboutText(aboutApp(draft.app, dataSources)));
  await writeState(folder, stateOf(target, draft));
  const text =
    changed.length === 0
      ? `${info.name} is up to date at revision ${draft.revision}.`
      : `${info.name} at revision ${draft.revision}: ${changed.length} file${changed.length === 1 ? '' : 's'} changed in ${folder}.`;
  return { data: { app: info.slug, folder, revision: draft.revision, changed }, text };
}

/** What is noted after a pull or push. */
export function stateOf(
  { info, url, workspace }: Pick<TargetApp, 'info' | 'url' | 'workspace'>,
  seen: { readonly revision: number; readonly files: AppFiles },
): AppState {
  return {
    url,
    workspaceId: workspace.id,
    appId: info.id,
    slug: info.slug,
    revision: seen.revision,
    files: hashFiles(seen.files),
  };
}

async function assertNothingLost(folder: string, state: AppState | undefined, remote: AppFiles): Promise<void> {
  if (!(await hasApp(folder))) return;
  const local = hashFiles(canonical(await readAppFiles(folder)));
  const mine = state === undefined ? Object.keys(local) : changedPaths(state.files, local);
  // What is the same on both sides is not lost, however it came about.
  const lost = changedPaths(local, hashFiles(remote)).filter((path) => mine.includes(path));
  if (lost.length === 0) return;
  const shown = lost.slice(0, 5).join(', ') + (lost.length > 5 ? ` and ${lost.length - 5} more` : '');
  throw conflict({
    code: 'folder.changed',
    message: `Local changes would be overwritten: ${shown}.`,
    hint: 'Commit or push them first, or overwrite them with --force. fettle app diff shows both sides.',
    details: { files: lost },
  });
}

/** Files that differ only in how they are laid out do not differ. */
function canonical(files: AppFiles): AppFiles {
  const loaded = loadApp(files);
  return loaded.ok ? saveApp(loaded.value) : files;
}
