import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { addStoreSource } from '../../harness/store-sources.ts';
import { openTerminal, type Terminal } from '../../harness/terminal.ts';
import { createPluginAuthor, type PluginAuthor } from '../../harness/plugin-folder.ts';
import {
  plantedFaults,
  plantedFiles,
  pluginComponent,
  pluginFaults,
  pluginFiles,
  rowFiles,
  valueFaults,
  type PlantedFault,
} from './planted-faults.ts';

const plugins = fileURLToPath(new URL('../../../plugins', import.meta.url));

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
let author: PluginAuthor;
let dataSource: string;
beforeAll(async () => {
  installation = await startInstallation();
  terminal = await openTerminal(installation);
  const { workspaceId, owner } = installation;
  author = await createPluginAuthor(installation);
  const { id } = await addStoreSource(installation, 'SQLite', 'music');
  dataSource = id;
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
  await author.dispose();
});

/** Plants faults, checks the folder, and says which of them were not found where they are. */
async function plant(where: string, faults: readonly PlantedFault[]) {
  for (const { file, from, to } of faults) {
    const path = join(where, file);
    const text = await readFile(path, 'utf8');
    expect(text, `${file} has ${from}`).toContain(from);
    await writeFile(
      path,
      text.replace(from, () => to),
    );
  }
  const run = await terminal.fettle(['app', 'validate', '--json'], where);
  expect(run.code, run.stderr).toBe(1);
  const { problems } = run.json<Report>();
  const found = problems.map(({ file, line, code }) => `${file}:${line} ${code}`);
  const missed: string[] = [];
  for (const { file, to, line, code } of faults) {
    const text = await readFile(join(where, file), 'utf8');
    const expected = `${file}:${text.slice(0, text.indexOf(line ?? to)).split('\n').length} ${code}`;
    if (!found.includes(expected)) missed.push(expected);
  }
  return { found, missed };
}

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
  const { found, missed } = await plant(folder, plantedFaults);
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

it('finds faults in what plugins bring, and says what it cannot know without a server', async () => {
  expect((await terminal.fettle(['app', 'pull', '--app', 'music', 'second'])).code).toBe(0);
  const where = join(terminal.folder, 'second');
  for (const [path, text] of Object.entries(pluginFiles(dataSource))) {
    await mkdir(join(where, path, '..'), { recursive: true });
    await writeFile(join(where, path), text);
  }
  const screen = join(where, 'screens/genre.json');
  const content = JSON.parse(await readFile(screen, 'utf8')) as {
    root: string;
    components: Record<string, object & { slots?: { children?: string[] } }>;
  };
  content.components['cmp_plan'] = pluginComponent(dataSource);
  content.components['cmp_grade'] = {
    type: 'core/text',
    name: 'grade',
    settings: { text: '{{ $itOperations.severity("high", "low") }}' },
  } as object;
  content.components['cmp_look'] = {
    type: 'core/button',
    name: 'look',
    settings: { text: 'Look' },
    events: { click: [{ id: 'act_look', type: 'it-operations/check-now', settings: { host: 'www.example.com' } }] },
  } as object;
  content.components[content.root]?.slots?.children?.push('cmp_plan', 'cmp_grade', 'cmp_look');
  await writeFile(screen, `${JSON.stringify(content, null, 2)}\n`);
  const types = [
    '$itOperations.severity',
    'certificate-watch/certificate',
    'gantt/chart',
    'it-operations/check-now',
    'it-operations/dns-lookup',
  ];
  const offline = await terminal.fettle(['app', 'validate', '--offline', '--json'], where);
  expect([offline.code, offline.json()]).toMatchObject([
    0,
    { errors: 0, warnings: 0, unchecked: types.map((type) => ({ type, places: 1 })) },
  ]);
  const words = await terminal.fettle(['app', 'validate', '--offline'], where);
  expect(words.stdout).toContain('gantt/chart (1 place)');
  // With a server, what is not installed there is a problem.
  const without = await terminal.fettle(['app', 'validate', '--json'], where);
  expect(without.json<Report>().problems.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'component.type-missing',
      'event-action.type-missing',
      'flow-trigger.type-missing',
      'flow-action.type-missing',
      'expression.unknown-function',
    ]),
  );
  for (const name of ['gantt', 'it-operations', 'certificate-watch']) {
    const archive = join(author.folder, `${name}.tgz`);
    const packed = await author.fettle(['plugin', 'pack', join(plugins, name), '--output', archive]);
    expect(packed.code, packed.stderr).toBe(0);
    const installed = await author.fettle(['plugin', 'install', archive, '--yes']);
    expect(installed.code, installed.stderr).toBe(0);
  }
  const clean = await terminal.fettle(['app', 'validate', '--json'], where);
  expect(clean.json()).toMatchObject({ errors: 0, warnings: 0, unchecked: [], problems: [] });
  const { found, missed } = await plant(where, pluginFaults);
  expect(missed, `found: ${found.join('\n')}`).toEqual([]);
  expect(found.length, found.join('\n')).toBeLessThanOrEqual(pluginFaults.length + 2);
});

it('finds names and values that no row has, in bindings and in flows', async () => {
  expect((await terminal.fettle(['app', 'pull', '--app', 'music', 'third'])).code).toBe(0);
  const where = join(terminal.folder, 'third');
  for (const [path, text] of Object.entries(rowFiles(dataSource))) {
    await mkdir(join(where, path, '..'), { recursive: true });
    await writeFile(join(where, path), text);
  }
  const clean = await terminal.fettle(['app', 'validate', '--json'], where);
  expect(clean.json()).toMatchObject({ errors: 0, warnings: 0, problems: [] });
  const { found, missed } = await plant(where, valueFaults);
  expect(missed, `found: ${found.join('\n')}`).toEqual([]);
  expect(found.length, found.join('\n')).toBeLessThanOrEqual(valueFaults.length + 1);
});
