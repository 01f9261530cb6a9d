import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../keys/keys.ts';

/** Everything in a data folder that a restore replaces. */
const items = ['fettle.db-wal', 'fettle.db-shm', 'fettle.db', 'secrets.json', 'internal', 'demo', 'sqlite', 'files'];

/** What was put ready, and under which name. */
interface Ready {
  readonly id: string;
  readonly kind: 'sqlite' | 'postgres';
  /** What lies ready to take its place. */
  readonly staged: readonly string[];
  /** What stays as it is. */
  readonly kept: readonly string[];
}

/** Where a restore builds what is to come. */
export const stagingFolder = (dataFolder: string): string => join(dataFolder, 'restore', 'new');
const readyFile = (dataFolder: string): string => join(dataFolder, 'restore', 'ready.json');

/** Begins anew: what an interrupted restore left is taken away. */
export async function clearStaging(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, 'restore'), { recursive: true, force: true });
  await mkdir(stagingFolder(dataFolder), { recursive: true, mode: 0o700 });
}

/** Says that everything lies ready. On SQLite this is the step that decides: before it the old holds, from it on the new. */
export async function markReady(dataFolder: string, ready: Omit<Ready, 'staged'>): Promise<void> {
  const staged: string[] = [];
  for (const item of items) if (await exists(join(stagingFolder(dataFolder), item))) staged.push(item);
  await writeDurably(readyFile(dataFolder), JSON.stringify({ ...ready, staged } satisfies Ready));
}

/**
 * Ends a restore that was decided and takes away one that was not. Called before the store is opened, by the restore
 * itself and by every start: whatever was killed when, all of the old is there, or all of the new. On PostgreSQL the
 * database decides: `decidedId` is the restore that it knows of.
 */
export async function settleRestore(dataFolder: string, decidedId?: string | null): Promise<void> {
  if (!(await exists(join(dataFolder, 'restore')))) return;
  const text = await readFile(readyFile(dataFolder), 'utf8').catch(() => undefined);
  const ready = text === undefined ? undefined : (JSON.parse(text) as Ready);
  // Whether the database took it is not known yet: the second call decides.
  if (ready?.kind === 'postgres' && decidedId === undefined) return;
  if (ready === undefined || (ready.kind === 'postgres' && ready.id !== decidedId)) {
    await rm(join(dataFolder, 'restore'), { recursive: true, force: true });
    return;
  }
  const old = join(dataFolder, 'restore', 'old');
  await mkdir(old, { recursive: true, mode: 0o700 });
  for (const item of items) await moveItem(dataFolder, item, ready);
  await rename(old, join(dataFolder, `replaced-${ready.id}`)).catch(() => undefined);
  await syncFolder(dataFolder);
  await rm(join(dataFolder, 'restore'), { recursive: true, force: true });
}

/** Each step can be cut off anywhere and done again. */
async function moveItem(dataFolder: string, item: string, ready: Ready): Promise<void> {
  const [staged, here] = [join(stagingFolder(dataFolder), item), join(dataFolder, item)];
  const isComing = ready.staged.includes(item);
  if (isComing && !(await exists(staged))) return;
  if (!isComing && ready.kept.includes(item)) return;
  if (await exists(here)) await rename(here, join(dataFolder, 'restore', 'old', item));
  if (isComing) await rename(staged, here);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
