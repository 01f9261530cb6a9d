import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { routes } from '@fettle/testing';
import type { Installation } from './installation.ts';
import { runFettle, type Run } from './run-fettle.ts';

/** Somebody who writes plugins: a folder, and the command with a key that may install them. */
export interface PluginAuthor {
  readonly folder: string;
  fettle(words: readonly string[], folder?: string): Promise<Run>;
  /** What the command is run with, for one that goes on. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes files into a folder of the author. */
  write(folder: string, files: Readonly<Record<string, string>>): Promise<string>;
  dispose(): Promise<void>;
}

/** Makes an author with an admin's key of the workspace. */
export async function createPluginAuthor({ owner, server, workspaceId }: Installation): Promise<PluginAuthor> {
  const { secret } = await owner.client.call(routes.workspaces.createApiKey, {
    params: { workspaceId },
    body: { name: 'Plugins', role: 'admin' },
  });
  const folder = await mkdtemp(join(tmpdir(), 'fettle-author-'));
  const environment = { FETTLE_URL: server.url, FETTLE_API_KEY: secret };
  return {
    folder,
    environment,
    fettle: (words, where = folder) => runFettle(words, { folder: where, environment }),
    async write(name, files) {
      const place = join(folder, name);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(place, path)), { recursive: true });
        await writeFile(join(place, path), text);
      }
      return place;
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Signs a browser in as somebody who calls the API. */
export async function signInBrowser(
  context: BrowserContext,
  { server }: Installation,
  person: { cookie(): string },
): Promise<void> {
  const pairs = person
    .cookie()
    .split('; ')
    .map((pair) => pair.split('='));
  await context.addCookies(pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: server.url })));
}
