import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { openTerminal, type Terminal } from '../../harness/terminal.ts';

const folder = fileURLToPath(new URL('../../../packages/testing/fixtures/templates', import.meta.url));

let installation: Installation;
let terminal: Terminal;
beforeAll(async () => {
  installation = await startInstallation({ settings: { FETTLE_TEMPLATES_DIR: folder } });
  terminal = await openTerminal(installation);
});
afterAll(async () => {
  await installation.server.dispose();
  await terminal.dispose();
});

it('lists templates, installs one, and says what to set up and what is called otherwise', async () => {
  const list = await terminal.fettle(['template', 'list']);
  expect(list.stdout).toContain('equipment-loans');
  const first = await terminal.fettle(['template', 'install', 'equipment-loans', '--json']);
  expect([first.code, first.json()]).toMatchObject([0, { app: { slug: 'equipment-loans', live: { number: 1 } } }]);
  const second = await terminal.fettle([
    'template',
    'install',
    'equipment-loans',
    '--name',
    'More',
    '--samples',
    'none',
  ]);
  // Steps are named on terminals alone.
  expect(second.stderr).toBe('');
  expect(second.stdout).toContain('More is published: /apps/more');
  expect(second.stdout).toContain('The table items is called items_2: there was one of this name.');
  expect(second.stdout).toContain('- Give the people at the desk the role Desk.');
  const none = await terminal.fettle(['template', 'install', 'gardening', '--json']);
  expect([none.code, none.json()]).toMatchObject([4, { error: { code: 'template.unknown' } }]);
});
