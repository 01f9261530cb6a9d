import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { openTerminal, type Terminal } from '../../harness/terminal.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];
type FlowTest = Extract<Command, { type: 'flowTest.add' }>['test'];

const flow: Flow = {
  id: 'flw_price',
  name: 'price',
  trigger: { type: 'core/manual', settings: {} },
  steps: [{ id: 'stp_sum', name: 'sum', kind: 'return', value: '{{ trigger.count * 3 }}' }],
};
const right: FlowTest = {
  id: 'tst_right',
  name: 'triples',
  flow: 'flw_price',
  trigger: { count: 4 },
  expect: { state: 'succeeded', output: { equals: 12 } },
};
const wrong: FlowTest = { ...right, id: 'tst_wrong', name: 'doubles', expect: { state: 'failed' } };

let installation: Installation;
let terminal: Terminal;
let app: MadeApp;
beforeAll(async () => {
  installation = await startInstallation();
  terminal = await openTerminal(installation);
  app = await makeDemo(installation, 'Tested');
});
afterAll(async () => {
  await installation.server.dispose();
  await terminal.dispose();
});

const test = (...rest: string[]) => terminal.fettle(['app', 'test', '--app', app.slug, ...rest]);

it('says that there are none, and succeeds', async () => {
  const none = await test();
  expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('There are no tests to run')]);
});

it('succeeds when all tests of the draft pass', async () => {
  await app.publish([
    { type: 'flow.add', flow },
    { type: 'flowTest.add', test: right },
  ]);
  const passed = await test();
  expect([passed.code, passed.stdout.trim()]).toEqual([
    0,
    expect.stringMatching(/^passed triples\n1 passed, 0 failed, at revision \d+\.$/),
  ]);
  expect((await test('--json')).json()).toMatchObject({ app: app.slug, passed: 1, failed: 0 });
});

it('fails when one fails, and says what differs in both forms', async () => {
  await expect(app.publish([{ type: 'flowTest.add', test: wrong }])).rejects.toThrow('A test of the app');
  const failed = await test();
  expect([failed.code, failed.stdout]).toEqual([
    1,
    expect.stringContaining(
      'FAILED doubles\n    /expect/state: The run succeeded; it should fail.\npassed triples\n1 passed, 1 failed',
    ),
  ]);
  const json = await test('--json', '--flow', 'flw_price');
  expect([json.code, json.json()]).toMatchObject([
    1,
    {
      passed: 1,
      failed: 1,
      results: [{ name: 'doubles', hasPassed: false, differences: [{ place: '/expect/state' }] }, { hasPassed: true }],
    },
  ]);
});

it('does not take a flow or an app that is not there for one without tests', async () => {
  const flowGone = await test('--flow', 'flw_gone', '--json');
  expect([flowGone.code, flowGone.json()]).toMatchObject([4, { error: { code: 'flow.unknown' } }]);
  const appGone = await terminal.fettle(['app', 'test', '--app', 'nothing-here', '--json']);
  expect(appGone.code).toBe(4);
});
