import type { Json } from '@fettle/base';
import type { Flow, FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { makeFlowTest, runFlowTest, type MadeFlowTest } from '../src/index.ts';
import { echo, effect, flowOf, MemoryWorld } from './memory-world.ts';
import { testHost } from './test-host.ts';

const gives = (value: unknown): FlowStep => ({ id: 'stp_give', name: 'give', kind: 'return', value }) as FlowStep;

async function made(flow: Flow, trigger: Json, prepare?: (world: MemoryWorld) => void): Promise<MadeFlowTest> {
  const world = new MemoryWorld();
  prepare?.(world);
  const id = world.start(flow, trigger);
  const { state } = await world.finish(id);
  if (state === 'lost' || state === 'released') throw new TypeError(state);
  const run = {
    state,
    trigger,
    user: null,
    environment: 'development',
    createdAt: 1_700_000_000_000,
    entries: world.entries(id),
  };
  const result = await makeFlowTest(run, flow, { id: 'tst_1', name: 'recorded', host: testHost() });
  expect((await runFlowTest(result.test, { [flow.id]: flow }, testHost())).differences).toEqual([]);
  return result;
}

test('what reached outside is mocked and expected, the way is kept, and what only computes runs', async () => {
  const flow = flowOf([
    echo('twice', '{{ trigger.n * 2 }}'),
    effect('send', '{{ steps.twice.output }}'),
    {
      id: 'stp_b',
      name: 'choose',
      kind: 'branch',
      branches: [{ id: 'br_1', condition: '{{ trigger.n > 5 }}', steps: [effect('warn', 1)] }],
    },
    gives('{{ steps.send.output }}'),
  ]);
  expect(await made(flow, { n: 2 })).toEqual({
    notes: [],
    test: {
      id: 'tst_1',
      name: 'recorded',
      flow: 'flw_1',
      trigger: { n: 2 },
      clock: '2023-11-14T22:13:20.000Z',
      mocks: [{ step: 'send', output: 4 }],
      expect: {
        state: 'succeeded',
        output: { equals: 4 },
        order: ['twice', 'send', 'choose', 'give'],
        steps: [{ step: 'send', state: 'succeeded', input: { equals: { value: 4 } } }],
        never: ['warn'],
      },
    },
  });
});

test('secrets are hidden wherever they turn up', async () => {
  const flow = flowOf([
    effect('send', { text: 'Key: {{ trigger.headers.authorization }}' }),
    gives('{{ steps.send.output }}'),
  ]);
  const { test: one, notes } = await made(
    flow,
    { headers: { authorization: 'Bearer s3cr3t-value' }, ok: 'fine' },
    (world) => {
      world.actions['test/effect'] = {
        effect: 'outside',
        run: () => ({ apiKey: 'k-998877', said: 's3cr3t-value, k-998877' }),
      };
    },
  );
  expect(JSON.stringify(one)).not.toMatch(/s3cr3t-value|k-998877/);
  expect(one.trigger).toEqual({ headers: { authorization: '•••' }, ok: 'fine' });
  expect(notes).toEqual(['Values that look like secrets are shown as •••.']);
});

test('large values are cut, with a note', async () => {
  const rows = Array.from({ length: 5_000 }, (_, id) => ({ id, text: 'x'.repeat(100) }));
  const flow = flowOf([effect('load', 1), gives('{{ steps.load.output.rows.length }}')]);
  const { test: one, notes } = await made(flow, {}, (world) => {
    world.actions['test/effect'] = { effect: 'outside', run: () => ({ rows }) };
  });
  expect(JSON.stringify(one).length).toBeLessThan(20_000);
  expect(one.mocks?.[0]).toMatchObject({ output: { rows: rows.slice(0, 20) } });
  expect(notes).toEqual(['What "load" gave was cut: it is too large for a test.']);
});

test('what differs by chance is taken from the run', async () => {
  const flow = flowOf([
    { id: 'stp_c', name: 'dice', kind: 'action', type: 'test/chance', settings: {} },
    gives('{{ steps.dice.output }}'),
  ]);
  const { test: one } = await made(flow, {}, (world) => {
    world.actions['test/chance'] = { effect: 'none', run: () => 4711 };
  });
  expect(one).toMatchObject({ mocks: [{ step: 'dice', output: 4711 }], expect: { output: { equals: 4711 } } });
});

test('a run that waits gives a test that waits', async () => {
  const flow = flowOf([
    { id: 'stp_w', name: 'ask', kind: 'wait', for: { kind: 'approval', title: 'Well?', assignees: ['a'] } },
    effect('send', 1),
  ]);
  const world = new MemoryWorld();
  const id = world.start(flow, {});
  expect((await world.play(id)).state).toBe('waiting');
  const run = {
    state: 'waiting',
    trigger: {},
    user: null,
    environment: 'development',
    createdAt: 0,
    entries: world.entries(id),
  } as const;
  const { test: one, notes } = await makeFlowTest(run, flow, { id: 'tst_1', name: 'recorded', host: testHost() });
  expect(notes).toEqual([]);
  expect(one.expect).toMatchObject({ state: 'waiting', never: ['send'] });
  expect((await runFlowTest(one, { [flow.id]: flow }, testHost())).hasPassed).toBe(true);
});
