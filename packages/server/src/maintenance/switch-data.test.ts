import { cp, mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clearStaging, markReady, settleRestore, stagingFolder } from './switch-data.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fettle-switch-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function read(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')]),
  );
  return Object.fromEntries(found.toSorted()) as Record<string, string>;
}

const old = {
  'fettle.db': 'old',
  'fettle.db-wal': 'old',
  'secrets.json': 'mine',
  'internal/w/a.sqlite': 'old',
  'files/x': 'old',
};
const fresh = { 'fettle.db': 'new', 'internal/w/a.sqlite': 'new', 'demo/d.sqlite': 'new' };
const after = { ...fresh, 'secrets.json': 'mine' };
const withoutReplaced = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('replaced-')));

async function prepare(name: string): Promise<string> {
  const folder = join(root, name);
  await write(folder, old);
  await clearStaging(folder);
  await write(stagingFolder(folder), fresh);
  return folder;
}

it('takes away what was not decided', async () => {
  const folder = await prepare('undecided');
  await settleRestore(folder);
  expect(await read(folder)).toEqual(old);
});

it('takes the place of everything, keeps what is to be kept, and lays the old aside', async () => {
  const folder = await prepare('decided');
  await markReady(folder, { id: 'rst_1', kind: 'sqlite', kept: ['secrets.json'] });
  await settleRestore(folder);
  const files = await read(folder);
  expect(withoutReplaced(files)).toEqual(after);
  expect(files).toMatchObject({ 'replaced-rst_1/fettle.db': 'old', 'replaced-rst_1/files/x': 'old' });
});

it('goes on from wherever it was cut off', async () => {
  const folder = await prepare('cut');
  await markReady(folder, { id: 'rst_1', kind: 'sqlite', kept: ['secrets.json'] });
  // Every state between two renames: what a crash there would leave.
  const moves: readonly (readonly [string, string])[] = [
    ['fettle.db-wal', 'restore/old/fettle.db-wal'],
    ['fettle.db', 'restore/old/fettle.db'],
    ['restore/new/fettle.db', 'fettle.db'],
    ['internal', 'restore/old/internal'],
    ['restore/new/internal', 'internal'],
    ['restore/new/demo', 'demo'],
    ['files', 'restore/old/files'],
    ['restore/old', 'replaced-rst_1'],
  ];
  for (let done = 0; done <= moves.length; done += 1) {
    const copy = join(root, `cut-${done}`);
    await cp(folder, copy, { recursive: true });
    await mkdir(join(copy, 'restore/old'), { recursive: true });
    for (const [from, to] of moves.slice(0, done)) {
      await cp(join(copy, from), join(copy, to), { recursive: true });
      await rm(join(copy, from), { recursive: true });
    }
    await settleRestore(copy);
    expect(withoutReplaced(await read(copy)), `after ${done} moves`).toEqual(after);
  }
});

it('waits for the database where that decides', async () => {
  const folder = await prepare('postgres');
  await markReady(folder, { id: 'rst_2', kind: 'postgres', kept: ['secrets.json'] });
  await settleRestore(folder);
  expect(await readdir(folder)).toContain('restore');
  const other = join(root, 'postgres-other');
  await cp(folder, other, { recursive: true });
  await settleRestore(folder, 'rst_2');
  expect(withoutReplaced(await read(folder))).toEqual(after);
  await settleRestore(other, null);
  expect(await read(other)).toEqual(old);
});
