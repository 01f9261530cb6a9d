import { AppError, upstreamError } from '@fettle/base';
import { routes, type ApiClient, type AppInfo } from '@fettle/contract';
import { parseApp, saveApp, type App, type AppFiles } from '@fettle/definition';
import type { Workspace } from '../connection/find-workspace.ts';

/** Finds an app of the workspace by its address or id. */
export async function findApp(client: ApiClient, workspace: Workspace, name: string): Promise<AppInfo> {
  const { apps } = await client.call(routes.apps.list, { params: { workspaceId: workspace.id } });
  const found = apps.find(({ id, slug }) => id === name || slug === name);
  if (found !== undefined) return found;
  const named = apps.filter((app) => app.name === name);
  if (named.length === 1 && named[0] !== undefined) return named[0];
  throw new AppError('not-found', {
    code: 'app.unknown',
    message: `There is no app "${name}" in ${workspace.name}.`,
    hint: apps.length === 0 ? 'It has none yet.' : `There is: ${apps.map(({ slug }) => slug).join(', ')}.`,
  });
}

/** The draft of an app as it is on the server. */
export interface RemoteDraft {
  readonly info: AppInfo;
  readonly revision: number;
  readonly app: App;
  readonly files: AppFiles;
}

/** Reads a draft, revision and content of one moment. */
export async function readDraft(client: ApiClient, appId: string): Promise<RemoteDraft> {
  const { app: info, revision, definition } = await client.call(routes.apps.draft, { params: { appId } });
  const parsed = parseApp(definition);
  if (!parsed.ok) {
    throw upstreamError({
      code: 'app.unreadable',
      message: `What the server has of this app cannot be read: ${parsed.error[0]?.message ?? 'unknown'}`,
      hint: 'The server may be newer than this command. Update it and try again.',
      problems: parsed.error,
    });
  }
  return { info, revision, app: parsed.value, files: saveApp(parsed.value) };
}
