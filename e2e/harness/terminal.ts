import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@fettle/testing';
import type { Installation } from './installation.ts';
import { runFettle, type Run } from './run-fettle.ts';

/** Somebody at a terminal with an API key: a folder, and the command. */
export interface Terminal {
  readonly folder: string;
  readonly secret: string;
  fettle(words: readonly string[], folder?: string): Promise<Run>;
  dispose(): Promise<void>;
}

/** Makes a key of the workspace and an empty folder. */
export async function openTerminal(
  installation: Installation,
  workspaceId = installation.workspaceId,
): Promise<Terminal> {
  const { owner, server } = installation;
  const { secret } = await owner.client.call(routes.workspaces.createApiKey, {
    params: { workspaceId },
    body: { name: 'Terminal', role: 'builder' },
  });
  const folder = await mkdtemp(join(tmpdir(), 'fettle-terminal-'));
  return {
    folder,
    secret,
    fettle: (words, where = folder) =>
      runFettle(words, { folder: where, environment: { FETTLE_URL: server.url, FETTLE_API_KEY: secret } }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Every file below a folder with its text, by path; what is kept for the command itself left out. */
export async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/.fettle/'));
  const read = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
