import { createReadStream } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import type { BackupCapability } from '@fettle/sdk/server';
import { openTemporaryFolder } from '../backup/temporary-folder.ts';

/** Pages that are copied before others get their turn: few enough that writers hardly wait. */
const pagesAtOnce = 2_000;

/** Copies of a SQLite file as one moment of it, also while others write to it. */
export function sqliteBackup(file: () => Promise<string>): BackupCapability {
  return {
    ending: 'sqlite',
    async *read({ signal }) {
      signal.throwIfAborted();
      const folder = await openTemporaryFolder();
      try {
        const copy = folder.path('copy.sqlite');
        const source = new DatabaseSync(await file(), { readOnly: true });
        try {
          await backup(source, copy, {
            rate: pagesAtOnce,
            progress: () => signal.throwIfAborted(),
          });
        } finally {
          source.close();
        }
        yield* createReadStream(copy, { signal }) as AsyncIterable<Uint8Array>;
      } finally {
        await folder.remove();
      }
    },
  };
}
