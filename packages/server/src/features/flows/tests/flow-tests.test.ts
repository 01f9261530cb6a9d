import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow, type FlowStep, type FlowTest } from '@fettle/definition';
import { createTestActions } from '../../../testing/test-actions.ts';
import { secretApp } from '../../../testing/test-apps.ts';
import type { TestBody, TestReply } from '../../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';

const { apps, flowTests, flows } = routes;

const action = (name: string, type: string, value: unknown): FlowStep => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type,
  settings: { value },
});
function giveBack(step: string): FlowStep {
  return { id: 'stp_end', name: 'end', kind: 'return', value: `{{ steps.${step}.output }}` };
}
const flow: Flow = {
  id: 'flw_main',
  name: 'main',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'who', type: 'text' }],
  steps: [
    action('hello', 'test/echo', 'Hello {{ trigger.who }}'),
    action('send', 'test/effect', '{{ steps.hello.output }}'),
    giveBack('send'),
  ],
};
const passes: FlowTest = {
  id: 'tst_good',
  name: 'greets',
  flow: 'flw_main',
  trigger: { who: 'Ada' },
  mocks: [{ step: 'send', output: 'sent' }],
  expect: {
    state: 'succeeded',
    output: { equals: 'sent' },
    steps: [{ step: 'send', input: { equals: { value: 'Hello Ada' } } }],
  },
};
const fails: FlowTest = { ...passes, id: 'tst_bad', name: 'shouts', expect: { state: 'failed' } };

interface Result {
  readonly test: string;
  readonly hasPassed: boolean;
  readonly differences: readonly { readonly message: string }[];
  readonly entries?: readonly { readonly name: string }[];
}

describe.each(storeKinds)('tests of flows on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
  });
  beforeEach(() => void effects.splice(0));
  afterAll(() => server.stop());

  let count = 0;
  const make = async (
    tests: readonly FlowTest[],
    steps = flow.steps,
    others: readonly Flow[] = [],
  ): Promise<string> => {
    const { owner, workspaceId, dataSource } = world.own;
    count += 1;
    const app = {
      ...secretApp(`Tested ${count}`, dataSource),
      flows: { flw_main: { ...flow, steps }, ...Object.fromEntries(others.map((one) => [one.id, one])) },
      flowTests: Object.fromEntries(tests.map((test) => [test.id, test])),
    };
    const body = { name: app.app.name, from: { kind: 'definition', files: saveApp(app) } };
    const made = good(await owner.call(apps.create, { params: { workspaceId }, body }));
    return (made['app'] as unknown as { id: string }).id;
  };
  const run = async (appId: string, body: object = {}): Promise<TestBody & { readonly results: Result[] }> =>
    good(await world.people.builder.call(flowTests.run, { params: { appId }, body })) as never;
  const publish = (appId: string, who: 'builder' | 'owner', body: object = {}): Promise<TestReply> =>
    world.people[who].call(apps.publish, { params: { appId }, body: { revision: 0, ...body } });

  it('say what passed, what failed and why, and reach nothing outside', async () => {
    const appId = await make([passes, fails, { ...fails, id: 'tst_off', name: 'rests', disabled: true }]);
    const all = await run(appId);
    expect(all).toMatchObject({ revision: 0, passed: 1, failed: 1 });
    expect(all.results.map(({ test, hasPassed, differences }) => [test, hasPassed, differences[0]?.message])).toEqual([
      ['tst_good', true, undefined],
      ['tst_bad', false, 'The run succeeded; it should fail.'],
    ]);
    expect(all.results[0]?.entries).toBeUndefined();
    expect((await run(appId, { flow: 'flw_main' })).results).toHaveLength(2);
    const params = { appId };
    const gone = await world.people.builder.call(flowTests.run, { params, body: { flow: 'flw_other' } });
    expect([gone.status, gone.body['code']]).toEqual([404, 'flow.unknown']);
    const one = await run(appId, { tests: ['tst_off'], hasJournals: true });
    expect(one.results.map(({ entries }) => entries?.map(({ name }) => name))).toEqual([['hello', 'send', 'end']]);
    expect(effects).toEqual([]);
  });

  it('really run a flow that is called where they say so, and a run with a called flow becomes one that mocks it', async () => {
    const calls: FlowStep = {
      id: 'stp_call',
      name: 'call',
      kind: 'subFlow',
      flow: 'flw_main',
      mode: 'call',
      input: { who: '{{ trigger.who }}' },
    };
    const outer: Flow = { ...flow, id: 'flw_outer', name: 'outer', steps: [calls, giveBack('call')] };
    const appId = await make(
      [
        {
          ...passes,
          flow: 'flw_outer',
          mocks: [
            { step: 'call', runs: true },
            { step: 'send', within: ['call'], output: 'sent' },
          ],
          expect: {
            state: 'succeeded',
            output: { equals: 'sent' },
            steps: [{ step: 'send', within: ['call'], input: { equals: { value: 'Hello Ada' } } }],
          },
        },
      ],
      flow.steps,
      [outer],
    );
    expect(await run(appId)).toMatchObject({ passed: 1, failed: 0 });
    expect(effects).toEqual([]);
    const { builder } = world.people;
    const body = { trigger: { who: 'Ada' }, waitMs: 10_000 };
    const started = good(await builder.call(flows.startDraft, { params: { appId, flow: 'flw_outer' }, body }));
    const { id } = started['run'] as unknown as { id: string };
    const made = good(await builder.call(flowTests.make, { params: { appId, run: id } })) as unknown as {
      test: FlowTest;
      notes: string[];
    };
    expect(made).toMatchObject({ notes: [], test: { mocks: [{ step: 'call', output: 'Hello Ada' }] } });
  });

  it('do not know secrets: a step that names one needs a mock', async () => {
    const tells: FlowStep = { ...action('tell', 'test/tell', 1), settings: { token: 'chat' } } as FlowStep;
    const appId = await make([{ ...passes, mocks: [], expect: { state: 'succeeded' } }], [tells]);
    expect((await run(appId)).results[0]?.differences[0]?.message).toBe(
      '"tell" reads something, and the test does not say what it gives.',
    );
  });

  it('stand before publishing: who may only publish is held up, an admin can go on, and that is kept', async () => {
    const appId = await make([passes, fails]);
    const held = await publish(appId, 'builder');
    expect([held.status, held.body['code'], held.body['details']]).toEqual([
      409,
      'release.tests-failed',
      { canPublishAnyway: false },
    ]);
    expect(held.body['problems']).toEqual([
      { path: '/flowTests/tst_bad', code: 'flow-test.failed', message: 'shouts: The run succeeded; it should fail.' },
    ]);
    expect((await publish(appId, 'builder', { despiteTests: true })).status).toBe(403);
    expect((await publish(appId, 'owner')).body['details']).toEqual({ canPublishAnyway: true });
    const released = await publish(appId, 'owner', { despiteTests: true });
    expect(released.body['release']).toMatchObject({ tests: { passed: 1, failed: ['shouts'] } });
    const { owner, workspaceId } = world.own;
    const audit = good(await owner.call(routes.workspaces.audit, { params: { workspaceId } }));
    expect(JSON.stringify(audit)).toContain('"failedTests":["shouts"]');
  });

  it('that pass are named by the release; without any there is nothing to say', async () => {
    expect((await publish(await make([passes]), 'builder')).body['release']).toMatchObject({
      tests: { passed: 1, failed: [] },
    });
    expect((await publish(await make([]), 'builder')).body['release']).not.toHaveProperty('tests');
  });

  it('are made of a run in one call, and pass at once', async () => {
    const appId = await make([]);
    const { builder } = world.people;
    const trigger = { who: 'Ada', headers: { authorization: 'Bearer s3cr3t-value' } };
    const started = good(
      await builder.call(flows.startDraft, { params: { appId, flow: 'flw_main' }, body: { trigger, waitMs: 10_000 } }),
    );
    const { id, state } = started['run'] as unknown as { id: string; state: string };
    expect(state).toBe('succeeded');
    expect(effects).toHaveLength(1);
    const made = good(await builder.call(flowTests.make, { params: { appId, run: id } })) as unknown as {
      test: FlowTest;
      notes: string[];
    };
    expect(effects).toHaveLength(1);
    expect(JSON.stringify(made.test)).not.toContain('s3cr3t-value');
    expect(made.notes).toEqual(['Values that look like secrets are shown as •••.']);
    expect(made.test).toMatchObject({
      name: 'mainSucceeds',
      flow: 'flw_main',
      mocks: [{ step: 'send', output: 'Hello Ada' }],
      expect: { state: 'succeeded', order: ['hello', 'send', 'end'] },
    });
    const commands = [{ type: 'flowTest.add', test: made.test as unknown as Record<string, unknown> }];
    good(await builder.call(apps.edit, { params: { appId }, body: { revision: 0, requestId: 'r-made', commands } }));
    expect(await run(appId)).toMatchObject({ passed: 1, failed: 0 });
    expect((await builder.call(flowTests.make, { params: { appId, run: 'run_gone' } })).status).toBe(404);
  });
});
