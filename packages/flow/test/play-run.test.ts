import { inputError } from '@fettle/base';
import type { FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { echo, effect, flowOf, MemoryWorld } from './memory-world.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;

async function outputOf(steps: readonly FlowStep[], trigger: Parameters<MemoryWorld['start']>[1] = {}) {
  const world = new MemoryWorld();
  const end = await world.finish(world.start(flowOf(steps), trigger));
  return end.state === 'succeeded' ? end.output : end;
}

const returns = (value: unknown): FlowStep => step({ id: 'stp_return', name: 'give', kind: 'return', value });

test('steps see the trigger and the outputs of the steps before them', async () => {
  const output = await outputOf(
    [
      echo('first', '{{ trigger.n + 1 }}'),
      echo('second', '{{ steps.first.output * 10 }}'),
      returns('{{ steps.second.output }}'),
    ],
    { n: 4 },
  );
  expect(output).toBe(50);
});

test('a disabled step is as if it were not there', async () => {
  const world = new MemoryWorld();
  await world.finish(world.start(flowOf([effect('a', 1, { disabled: true }), effect('b', 2)])));
  expect(world.effects.map(({ value }) => value)).toEqual([2]);
});

test('the first branch whose condition holds is taken, else the other one', async () => {
  const branch = step({
    id: 'stp_b',
    name: 'choose',
    kind: 'branch',
    branches: [
      { id: 'brn_1', condition: '{{ trigger.n > 10 }}', steps: [returns('large')] },
      { id: 'brn_2', condition: 'trigger.n > 5', steps: [returns('middle')] },
    ],
    otherwise: [returns('small')],
  });
  expect(await outputOf([branch], { n: 11 })).toBe('large');
  expect(await outputOf([branch], { n: 7 })).toBe('middle');
  expect(await outputOf([branch], { n: 1 })).toBe('small');
});

test('a switch compares values, and a text with the same number is the same', async () => {
  const choose = step({
    id: 'stp_s',
    name: 'choose',
    kind: 'switch',
    value: '{{ trigger.state }}',
    cases: [
      { id: 'cas_1', equals: 5, steps: [returns('five')] },
      { id: 'cas_2', equals: 'open', steps: [returns('open')] },
    ],
    otherwise: [returns('other')],
  });
  expect(await outputOf([choose], { state: '5' })).toBe('five');
  expect(await outputOf([choose], { state: 'open' })).toBe('open');
  expect(await outputOf([choose], { state: null })).toBe('other');
});

test('a loop runs its steps per item, in order, and collects', async () => {
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    items: '{{ trigger.items }}',
    collect: '{{ steps.double.output }}',
    steps: [echo('double', '{{ item * 2 + index }}')],
  });
  expect(await outputOf([loop, returns('{{ steps.each.output }}')], { items: [1, 2, 3] })).toEqual({
    count: 3,
    results: [2, 5, 8],
  });
});

test('a loop in batches hands over lists', async () => {
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    items: '{{ trigger.items }}',
    batchSize: 2,
    collect: '{{ item.length }}',
    steps: [],
  });
  expect(await outputOf([loop, returns('{{ steps.each.output.results }}')], { items: [1, 2, 3, 4, 5] })).toEqual([
    2, 2, 1,
  ]);
});

test('a loop with hands of its own never has more turns under way than it may', async () => {
  const world = new MemoryWorld();
  let underWay = 0;
  let most = 0;
  world.actions['test/slow'] = {
    effect: 'read',
    run: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 3));
      underWay -= 1;
      return null;
    },
  };
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    items: '{{ range(0, 20) }}',
    concurrency: 4,
    steps: [step({ id: 'stp_x', name: 'x', kind: 'action', type: 'test/slow', settings: {} })],
  });
  expect(await world.finish(world.start(flowOf([loop])))).toMatchObject({ state: 'succeeded' });
  expect(most).toBe(4);
});

test('a loop over rows takes pages and holds one at a time', async () => {
  const world = new MemoryWorld();
  world.rows = Array.from({ length: 1203 }, (_, n) => ({ n }));
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    as: 'row',
    steps: [effect('touch', '{{ row.n }}')],
  });
  const id = world.start(flowOf([loop, returns('{{ steps.each.output.count }}')]));
  expect(await world.finish(id)).toEqual({ state: 'succeeded', output: 1203 });
  expect(world.effects.map(({ value }) => value)).toEqual(Array.from({ length: 1203 }, (_, n) => n));
});

test('a loop over rows hands over batches of the size it is given, also above what is read at once', async () => {
  const world = new MemoryWorld();
  world.rows = Array.from({ length: 5_003 }, (_, n) => ({ n }));
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    batchSize: 2_500,
    collect: '{{ [item.length, item[0].n] }}',
    steps: [],
  });
  const id = world.start(flowOf([loop, returns('{{ steps.each.output.results }}')]));
  expect(await world.finish(id)).toMatchObject({
    output: [
      [2_500, 0],
      [2_500, 2_500],
      [3, 5_000],
    ],
  });
  expect(Math.max(...world.pageSizes)).toBe(1_000);
});

test('a while loop goes on with what its last turn found, and fails at its limit', async () => {
  const loop = (limit: number) =>
    step({
      id: 'stp_w',
      name: 'again',
      kind: 'while',
      condition: '{{ (steps.count.output ?? 0) < 3 }}',
      limit,
      steps: [
        echo('count', '{{ (vars.n ?? 0) + 1 }}'),
        step({ id: 'stp_v', name: 'keep', kind: 'setVariables', values: { n: '{{ steps.count.output }}' } }),
      ],
    });
  expect(await outputOf([loop(5), returns('{{ vars.n }}')])).toBe(3);
  expect(await outputOf([loop(2)])).toMatchObject({ state: 'failed', error: { code: 'flow.while-limit' } });
});

test('what fails in a try is caught with its error, and finally runs in any case', async () => {
  const world = new MemoryWorld();
  world.actions['test/fail'] = {
    effect: 'outside',
    run: () => {
      throw inputError({ code: 'test.no', message: 'No.' });
    },
  };
  const fail = step({ id: 'stp_f', name: 'fail', kind: 'action', type: 'test/fail', settings: {} });
  const attempt = step({
    id: 'stp_t',
    name: 'attempt',
    kind: 'try',
    steps: [fail, effect('never', 1)],
    catch: [effect('caught', '{{ error.code }} in {{ error.step }}')],
    finally: [effect('last', 'finally')],
  });
  expect(await world.finish(world.start(flowOf([attempt])))).toMatchObject({ state: 'succeeded' });
  expect(world.effects.map(({ value }) => value)).toEqual(['test.no in fail', 'finally']);
  const bare = step({ id: 'stp_t', name: 'attempt', kind: 'try', steps: [fail], finally: [effect('last', 'finally')] });
  expect(await world.finish(world.start(flowOf([bare])))).toMatchObject({
    state: 'failed',
    error: { code: 'test.no', step: 'fail' },
  });
  expect(world.effects).toHaveLength(3);
});

test('parallel lanes are joined; one failure fails the step after the others are through', async () => {
  const world = new MemoryWorld();
  const lanes = step({
    id: 'stp_p',
    name: 'both',
    kind: 'parallel',
    lanes: [
      { id: 'lan_1', steps: [echo('bad', '{{ nope() }}')] },
      { id: 'lan_2', steps: [effect('good', 2)] },
    ],
  });
  expect(await world.finish(world.start(flowOf([lanes])))).toMatchObject({
    state: 'failed',
    error: { code: 'flow.binding', step: 'bad' },
  });
  expect(world.effects).toHaveLength(1);
});

test('the first lane through calls the others off', async () => {
  const world = new MemoryWorld();
  world.actions['test/hang'] = {
    effect: 'read',
    run: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  };
  const race = step({
    id: 'stp_p',
    name: 'race',
    kind: 'parallel',
    join: 'first',
    lanes: [
      {
        id: 'lan_1',
        steps: [
          step({ id: 'stp_h', name: 'hang', kind: 'action', type: 'test/hang', settings: {} }),
          effect('late', 1),
        ],
      },
      { id: 'lan_2', steps: [echo('quick', 2)] },
    ],
  });
  expect(await world.finish(world.start(flowOf([race, returns('{{ steps.race.output.lane }}')])))).toEqual({
    state: 'succeeded',
    output: 'lan_2',
  });
  expect(world.effects).toEqual([]);
});
