import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { addStoreSource } from '../../harness/store-sources.ts';
import { openTerminal, type Terminal } from '../../harness/terminal.ts';
import { plantedFaults, plantedFiles } from './planted-faults.ts';

interface Report {
  readonly errors: number;
  readonly problems: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly code: string;
  }[];
}

let installation: Installation;
let terminal: Terminal;
let folder: string;
beforeAll(async () => {
  installation = await startInstallation();
  terminal = await openTerminal(installation);
  const { workspaceId, owner } = installation;
  const { id } = await addStoreSource(installation, 'SQLite', 'music');
  const params = { workspaceId, dataSource: id };
  const { schema } = await owner.client.call(routes.dataSources.schema, { params });
  await owner.client.call(routes.apps.create, {
    params: { workspaceId },
    body: { name: 'Music', from: { kind: 'tables', dataSource: id, tables: schema.tables.map((table) => table.id) } },
  });
  expect((await terminal.fettle(['app', 'pull', '--app', 'music'])).code).toBe(0);
  folder = join(terminal.folder, 'music');
});
afterAll(async () => {
  await installation.server.dispose();
  await terminal.dispose();
});

it('has nothing to say about an app made from tables', async () => {
  const online = await terminal.fettle(['app', 'validate', '--json'], folder);
  expect([online.code, online.json()]).toMatchObject([0, { checkedTables: true, problems: [] }]);
  const offline = await terminal.fettle(['app', 'validate', '--offline', '--json'], folder);
  expect([offline.code, offline.json()]).toMatchObject([0, { checkedTables: false, problems: [] }]);
});

it('finds thirty planted faults, each in its file and on its line, in one run', async () => {
  expect(plantedFaults).toHaveLength(30);
  for (const [path, text] of Object.entries(plantedFiles)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const { file, from, to } of plantedFaults) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    expect(text, `${file} has ${from}`).toContain(from);
    await writeFile(
      path,
      text.replace(from, () => to),
    );
  }
  const run = await terminal.fettle(['app', 'validate', '--json'], folder);
  expect(run.code).toBe(1);
  const { problems } = run.json<Report>();
  const found = problems.map(({ file, line, code }) => `${file}:${line} ${code}`);
  const missed: string[] = [];
  for (const { file, to, line, code } of plantedFaults) {
    const text = await readFile(join(folder, file), 'utf8');
    const expected = `${file}:${text.slice(0, text.indexOf(line ?? to)).split('\n').length} ${code}`;
    if (!found.includes(expected)) missed.push(expected);
  }
  expect(missed, `found: ${found.join('\n')}`).toEqual([]);
  // What only follows from a fault is not told as another one.
  expect(found.length, found.join('\n')).toBeLessThanOrEqual(40);
});

it('shows places that terminals and editors can open', async () => {
  const { stdout } = await terminal.fettle(['app', 'validate'], folder);
  expect(stdout).toMatch(
    /^screens\/track\.json:\d+:\d+ error The data source has no table "trakc"\. \[reference\.table\]\n {4}There is: track/m,
  );
});
