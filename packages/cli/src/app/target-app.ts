import { resolve } from 'node:path';
import { AppError, inputError } from '@fettle/base';
import type { ApiClient, AppInfo } from '@fettle/contract';
import type { CommandContext } from '../command/command.ts';
import { findWorkspace, type Workspace } from '../connection/find-workspace.ts';
import { hasApp } from './folder/app-folder.ts';
import { readState, type AppState } from './folder/app-state.ts';
import { findApp } from './remote-app.ts';

/** Which app a command is about, and the folder that belongs to it. */
export interface TargetApp {
  readonly client: ApiClient;
  readonly url: string;
  readonly workspace: Workspace;
  readonly info: AppInfo;
  readonly folder: string;
  /** What the folder knows of this very app; undefined when it came from elsewhere, or from nowhere. */
  readonly state: AppState | undefined;
}

/** How a command line names the app. */
export interface TargetOptions {
  readonly folder: string | undefined;
  readonly app: string | undefined;
}

/** Finds the app: by `--app`, else by what the folder was pulled from. */
export async function findTarget(context: CommandContext, options: TargetOptions): Promise<TargetApp> {
  const { client, url } = await context.connect();
  const given = options.folder === undefined ? undefined : resolve(context.folder, options.folder);
  const here = given ?? context.folder;
  const known = await readState(here);
  const name = options.app ?? (known?.url === url ? known.appId : undefined);
  if (name === undefined) throw known === undefined ? unnamed() : elsewhere(known, url);
  const workspace = await findWorkspace(client);
  const info = await findApp(client, workspace, name);
  const folder = given ?? (known !== undefined || (await hasApp(here)) ? here : resolve(here, info.slug));
  const state = folder === here ? known : await readState(folder);
  const isSame = state?.url === url && state.appId === info.id;
  return { client, url, workspace, info, folder, state: isSame ? state : undefined };
}

function unnamed(): AppError {
  return inputError({
    code: 'usage.no-app',
    message: 'Which app is meant is not known here.',
    hint: 'Name it with --app <address>, or go to a folder that was pulled. fettle app list shows all.',
  });
}

function elsewhere(state: AppState, url: string): AppError {
  return new AppError('conflict', {
    code: 'folder.other-server',
    message: `This folder was pulled from ${state.url}, not from ${url}.`,
    hint: 'Name the app there with --app, or choose the server it came from with --url or --profile.',
  });
}
