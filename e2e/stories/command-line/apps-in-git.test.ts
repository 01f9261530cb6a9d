import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes, type AppInfo } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { filesIn, openTerminal, type Terminal } from '../../harness/terminal.ts';

let installation: Installation;
let terminal: Terminal;
let app: AppInfo;
let folder: string;
beforeAll(async () => {
  installation = await startInstallation();
  terminal = await openTerminal(installation);
  const { workspaceId, owner } = installation;
  ({ app } = await owner.client.call(routes.apps.create, {
    params: { workspaceId },
    body: { name: 'Service desk', from: { kind: 'demo' } },
  }));
  folder = join(terminal.folder, 'service-desk');
});
afterAll(async () => {
  await installation.server.dispose();
  await terminal.dispose();
});

const navigation = () => join(folder, 'access.json');
const edit = async (file: string, from: string, to: string) => {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
};
/** Somebody renames the app in the builder. */
const rename = async (name: string) => {
  const { client } = installation.owner;
  const { revision } = await client.call(routes.apps.draft, { params: { appId: app.id } });
  await client.call(routes.apps.edit, {
    params: { appId: app.id },
    body: { revision, requestId: `rename-${revision}`, commands: [{ type: 'app.update', changes: { name } }] },
  });
};

it('pulls the same bytes however often', async () => {
  const first = await terminal.fettle(['app', 'pull', '--app', 'service-desk', '--json']);
  expect([first.code, first.json()['revision']]).toEqual([0, 0]);
  const files = await filesIn(folder);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['app.json', 'fettle.app.json', 'screens/tickets.json']));
  expect(files['fettle.app.json']).toContain('"name": "Demo"');
  expect(JSON.stringify(files)).not.toContain(terminal.secret);
  const again = await terminal.fettle(['app', 'pull', '--json'], folder);
  expect([again.code, again.json()['changed']]).toEqual([0, []]);
  expect(await filesIn(folder)).toEqual(files);
  expect((await terminal.fettle(['app', 'diff', '--exit-code'], folder)).code).toBe(0);
});

it('says in words what a push would change, who may do what first', async () => {
  await edit(navigation(), '"memberRole": "basic"', '"memberRole": "power"');
  await edit(join(folder, 'app.json'), '"name": "Service desk"', '"name": "Help desk"');
  const text = await terminal.fettle(['app', 'diff', '--exit-code'], folder);
  expect(text.code).toBe(1);
  expect(text.stdout).toBe(
    '~ access Access\n    memberRole: "basic" → "power"\n~ app Help desk\n    name: "Service desk" → "Help desk"\n',
  );
  const markdown = await terminal.fettle(['app', 'diff', '--format', 'markdown'], folder);
  expect(markdown.stdout).toMatch(/^### Access\n\n- \*\*changed\*\* access `Access`\n/);
  const dry = await terminal.fettle(['app', 'push', '--dry-run', '--json'], folder);
  expect(dry.json()['changes']).toHaveLength(2);
});

it('pushes as one edit that is in the history, and takes it back', async () => {
  const push = await terminal.fettle(['app', 'push', '--json'], folder);
  expect([push.code, push.json()['revision']]).toEqual([0, 1]);
  const { client } = installation.owner;
  const { commands } = await client.call(routes.apps.history, { params: { appId: app.id }, query: { since: 0 } });
  expect(commands).toHaveLength(1);
  expect(commands[0]?.by).toContain('Terminal');
  const undo = await terminal.fettle(['app', 'push', '--undo', '--json'], folder);
  expect([undo.code, undo.json()['revision']]).toEqual([0, 2]);
  expect((await client.call(routes.apps.read, { params: { appId: app.id } })).app.name).toBe('Service desk');
  expect((await terminal.fettle(['app', 'push', '--json'], folder)).code).toBe(0);
  expect((await terminal.fettle(['app', 'push', '--json'], folder)).json()['changes']).toEqual([]);
});

it('overwrites neither what others did nor what was done here', async () => {
  await rename('Their desk');
  await edit(join(folder, 'app.json'), '"name": "Help desk"', '"name": "My desk"');
  const push = await terminal.fettle(['app', 'push', '--json'], folder);
  expect([push.code, push.json()['error']]).toEqual([
    5,
    expect.objectContaining({ code: 'app.unseen-changes', message: expect.stringContaining('owner@example.com') }),
  ]);
  const { client } = installation.owner;
  expect((await client.call(routes.apps.read, { params: { appId: app.id } })).app.name).toBe('Their desk');
  const pull = await terminal.fettle(['app', 'pull'], folder);
  expect([pull.code, pull.stderr]).toEqual([5, expect.stringContaining('app.json')]);
  expect(await readFile(join(folder, 'app.json'), 'utf8')).toContain('My desk');
  expect((await terminal.fettle(['app', 'push', '--force'], folder)).code).toBe(0);
  expect((await client.call(routes.apps.read, { params: { appId: app.id } })).app.name).toBe('My desk');
});

it('does not take a folder that was never pulled, another server, or files that are no app', async () => {
  const elsewhere = await openTerminal(installation);
  const blind = await elsewhere.fettle(['app', 'push', folder, '--app', 'nothing']);
  expect([blind.code, blind.stderr]).toEqual([4, expect.stringContaining('There is: service-desk')]);
  await edit(join(folder, 'screens/tickets.json'), '"root"', '"rot"');
  const broken = await terminal.fettle(['app', 'push', '--json'], folder);
  expect(broken.code).toBe(2);
  expect(JSON.stringify(broken.json()['error'])).toContain('screens/tickets.json#');
  const nowhere = await terminal.fettle(['app', 'push']);
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('--app')]);
  await elsewhere.dispose();
});
