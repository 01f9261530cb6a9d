import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import type { FileContents, FileKey } from './file-contents.ts';

/** Files in a folder: for an installation on SQLite, whose one process has a disk to itself. */
export function createDiskContents(folder: string): FileContents {
  const pathOf = ({ id, workspace_id: workspaceId }: FileKey): string => pathOnDisk(folder, { id, workspaceId });
  return {
    async receiveAt(key) {
      await mkdir(dirname(pathOf(key)), { recursive: true, mode: 0o700 });
      return `${pathOf(key)}.part`;
    },
    keep: (_transaction, key, received) => rename(received, pathOf(key)),
    undo: (key) => rm(pathOf(key), { force: true }),
    async open(key) {
      const stream = createReadStream(pathOf(key));
      await once(stream, 'open');
      return stream;
    },
  };
}

/** Where a file lies in the folder of files. */
export function pathOnDisk(
  folder: string,
  { id, workspaceId }: { readonly id: string; readonly workspaceId: string },
): string {
  return join(folder, workspaceId, id.slice(5, 7), id);
}
