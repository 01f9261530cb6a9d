import { resolve } from 'node:path';
import { routes, type AppChange } from '@fettle/contract';
import { compareApps } from '@fettle/definition';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { describeChanges } from './describe-changes.ts';
import { loadFolder } from './folder/load-folder.ts';
import { readDraft } from './remote-app.ts';
import { findTarget, type TargetOptions } from './target-app.ts';

/** Options of `fettle app diff`. */
interface DiffOptions extends TargetOptions {
  readonly with: string | undefined;
  readonly live: boolean;
  readonly format: string | undefined;
  readonly 'exit-code': boolean;
}

/** Compares a folder with the draft, with another folder, or the draft with the live release. */
export async function diffApp(context: CommandContext, options: DiffOptions): Promise<CommandResult> {
  const changes = await findChanges(context, options);
  return {
    data: { changes },
    text: describeChanges(changes, options.format),
    ...(options['exit-code'] && changes.length > 0 ? { exitCode: exitCodes.found } : {}),
  };
}

async function findChanges(context: CommandContext, options: DiffOptions): Promise<readonly AppChange[]> {
  if (options.with !== undefined) {
    const before = await loadFolder(resolve(context.folder, options.with));
    const after = await loadFolder(resolve(context.folder, options.folder ?? '.'));
    return compareApps(before.app, after.app);
  }
  const { client, folder, info } = await findTarget(context, options);
  if (options.live) return (await client.call(routes.apps.changes, { params: { appId: info.id } })).changes;
  const { app } = await readDraft(client, info.id);
  return compareApps(app, (await loadFolder(folder)).app);
}
