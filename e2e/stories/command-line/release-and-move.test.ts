import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes, type AppInfo, type DataSourceInfo } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { addStoreSource } from '../../harness/store-sources.ts';
import { filesIn, openTerminal, type Terminal } from '../../harness/terminal.ts';

let installation: Installation;
let terminal: Terminal;
let other: Terminal;
let otherWorkspace: string;
let source: string;
beforeAll(async () => {
  installation = await startInstallation();
  const { workspaceId, owner } = installation;
  terminal = await openTerminal(installation);
  const { workspace } = await owner.client.call(routes.workspaces.create, { body: { name: 'Elsewhere' } });
  otherWorkspace = workspace.id;
  other = await openTerminal(installation, otherWorkspace);
  ({ id: source } = await addStoreSource(installation, 'SQLite', 'music'));
  const { schema } = await owner.client.call(routes.dataSources.schema, {
    params: { workspaceId, dataSource: source },
  });
  await owner.client.call(routes.apps.create, {
    params: { workspaceId },
    body: { name: 'Music', from: { kind: 'tables', dataSource: source, tables: schema.tables.map(({ id }) => id) } },
  });
});
afterAll(async () => {
  await installation.server.dispose();
  await terminal.dispose();
  await other.dispose();
});

it('publishes, and goes back a release', async () => {
  const first = await terminal.fettle(['app', 'publish', '--app', 'music', '-m', 'First', '--json']);
  expect([first.code, first.json()]).toMatchObject([0, { release: { number: 1, note: 'First' } }]);
  const second = await terminal.fettle(['app', 'publish', '--app', 'music']);
  expect(second.stdout).toMatch(/^Release 2 of Music is live at http/);
  const back = await terminal.fettle(['app', 'rollback', '--app', 'music', '--json']);
  expect([back.code, back.json()]).toMatchObject([0, { from: 2, release: { number: 1, isLive: true } }]);
  const none = await terminal.fettle(['app', 'rollback', '--app', 'music', '--json']);
  expect([none.code, none.json()]).toMatchObject([4, { error: { code: 'release.unknown' } }]);
  expect((await terminal.fettle(['app', 'rollback', '--app', 'music', '--to', '2'])).code).toBe(0);
});

it('goes out as archive and as folder, and comes back as the same bytes', async () => {
  for (const name of ['a.zip', 'b.zip']) {
    expect((await terminal.fettle(['app', 'export', name, '--app', 'music'])).code).toBe(0);
  }
  const archive = await readFile(join(terminal.folder, 'a.zip'));
  expect(archive.equals(await readFile(join(terminal.folder, 'b.zip')))).toBe(true);
  expect((await terminal.fettle(['app', 'export', 'a.zip', '--app', 'music'])).code).toBe(5);
  expect((await terminal.fettle(['app', 'export', 'out', '--app', 'music'])).code).toBe(0);
  const out = await filesIn(join(terminal.folder, 'out'));
  expect(Object.keys(out).length).toBeGreaterThan(40);
  for (const from of ['a.zip', 'out']) {
    const made = await terminal.fettle(['app', 'import', from, '--json']);
    expect([made.code, made.stderr]).toEqual([0, '']);
    const { app } = made.json<{ app: AppInfo }>();
    expect((await terminal.fettle(['app', 'export', `again-${app.slug}`, '--app', app.slug])).code).toBe(0);
    expect(await filesIn(join(terminal.folder, `again-${app.slug}`))).toEqual(out);
    const zip = `${app.slug}.zip`;
    expect((await terminal.fettle(['app', 'export', zip, '--app', app.slug])).code).toBe(0);
    expect((await readFile(join(terminal.folder, zip))).equals(archive)).toBe(true);
  }
});

it('finds its data sources in another workspace by name, and asks where that is not clear', async () => {
  const archive = join(terminal.folder, 'a.zip');
  const unclear = await other.fettle(['app', 'import', archive, '--json']);
  expect([unclear.code, unclear.json()]).toMatchObject([
    2,
    { error: { code: 'import.data-sources', hint: expect.stringContaining('--map "Music store on SQLite=…"') } },
  ]);
  const add = async (name: string): Promise<DataSourceInfo> => {
    const { dataSource } = await installation.owner.client.call(routes.dataSources.create, {
      params: { workspaceId: otherWorkspace },
      body: { name, kind: 'external', connector: 'core/sqlite', development: { settings: { file: 'music.sqlite' } } },
    });
    return dataSource;
  };
  const renamed = await add('Songs');
  const mapped = await other.fettle(['app', 'import', archive, '--map', 'Music store on SQLite=Songs', '--json']);
  expect([mapped.code, mapped.json()['dataSources']]).toEqual([0, { [source]: renamed.id }]);
  const same = await add('Music store on SQLite');
  const found = await other.fettle(['app', 'import', archive, '--name', 'By name', '--json']);
  expect([found.code, found.json()]).toMatchObject([
    0,
    { app: { name: 'By name' }, dataSources: { [source]: same.id } },
  ]);
  const wrong = await other.fettle(['app', 'import', archive, '--map', 'Music store on SQLite=Nothing']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Songs')]);
  const { app } = mapped.json<{ app: AppInfo }>();
  await other.fettle(['app', 'export', 'moved', '--app', app.slug]);
  const [moved, original] = [await filesIn(join(other.folder, 'moved')), await filesIn(join(terminal.folder, 'out'))];
  const back = (text: string) => text.replaceAll(renamed.id, source).replaceAll('"Songs"', '"Music store on SQLite"');
  expect(Object.fromEntries(Object.entries(moved).map(([path, text]) => [path, back(text)]))).toEqual(original);
  expect((await other.fettle(['app', 'validate', 'moved', '--json'])).json()).toMatchObject({ problems: [] });
});

it('refuses what is no archive of an app', async () => {
  await writeFile(join(terminal.folder, 'noise.zip'), 'PK but no archive');
  const noise = await terminal.fettle(['app', 'import', 'noise.zip', '--json']);
  expect([noise.code, noise.json()]).toMatchObject([2, { error: { code: 'archive.unreadable' } }]);
  expect((await terminal.fettle(['app', 'import', 'missing.zip'])).code).toBe(7);
});
