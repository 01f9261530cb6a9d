import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this process reads, for as long as something needs it. */
export interface TemporaryFolder {
  readonly path: (name: string) => string;
  readonly write: (name: string, content: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Makes one. */
export async function openTemporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-backup-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    async write(name, content) {
      await writeFile(path(name), content, { mode: 0o600 });
      return path(name);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
