import { inputError, type Json } from '@fettle/base';
import type { FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { cancelReason, PreviewInstead, RunReleased } from '../src/index.ts';
import { echo, effect, flowOf, MemoryWorld } from './memory-world.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;

const returns = (value: unknown): FlowStep => step({ id: 'stp_return', name: 'give', kind: 'return', value });

test('a failed step is tried again with the same key, and only for the errors named', async () => {
  const world = new MemoryWorld();
  const seen: { attempt: number; key: string }[] = [];
  world.actions['test/flaky'] = {
    effect: 'outside',
    run: ({ attempt, idempotencyKey }) => {
      seen.push({ attempt, key: idempotencyKey });
      if (attempt < 3) throw inputError({ code: 'test.busy', message: 'Busy.' });
      return 'ok';
    },
  };
  const flaky = (only?: string[]) =>
    step({
      id: 'stp_f',
      name: 'flaky',
      kind: 'action',
      type: 'test/flaky',
      settings: {},
      retry: { count: 4, delayMs: 10_000, backoff: 'exponential', ...(only ? { only } : {}) },
    });
  expect(await world.finish(world.start(flowOf([flaky(['test.busy']), returns('{{ steps.flaky.output }}')])))).toEqual({
    state: 'succeeded',
    output: 'ok',
  });
  expect(seen).toEqual([1, 2, 3].map((attempt) => ({ attempt, key: 'run_1/stp_f' })));
  expect(await world.finish(world.start(flowOf([flaky(['test.other'])])))).toMatchObject({
    state: 'failed',
    error: { code: 'test.busy' },
  });
});

test('a service that says when to come back is not asked before', async () => {
  const world = new MemoryWorld();
  const at: number[] = [];
  world.actions['test/limited'] = {
    effect: 'outside',
    run: () => {
      at.push(world.time);
      if (at.length > 2) return 'ok';
      const details = { status: 429, retryAfterMs: at.length === 1 ? 90_000 : 1 };
      throw inputError({ code: 'http.too-many', message: 'Slow down.', details });
    },
  };
  const retry = { count: 2, delayMs: 5_000 };
  const limited = step({ id: 'stp_l', name: 'ask', kind: 'action', type: 'test/limited', settings: {}, retry });
  expect(await world.finish(world.start(flowOf([limited])))).toMatchObject({ state: 'succeeded' });
  expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 90_000, 95_000]);
});

test('a wait puts the run aside until its time', async () => {
  const world = new MemoryWorld();
  const wait = step({ id: 'stp_w', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '2h' } });
  const id = world.start(flowOf([effect('a', 1), wait, effect('b', 2)]));
  const first = await world.play(id);
  expect(first).toEqual({ state: 'waiting', wakeAt: world.time + 7_200_000 });
  expect(await world.play(id)).toEqual(first);
  world.time += 7_200_000;
  expect(await world.play(id)).toMatchObject({ state: 'succeeded' });
  expect(world.effects.map(({ value }) => value)).toEqual([1, 2]);
});

test('an approval waits for its answer; without one it is refused at its deadline', async () => {
  const world = new MemoryWorld();
  const ask = step({
    id: 'stp_ask',
    name: 'ask',
    kind: 'wait',
    for: { kind: 'approval', title: 'Access for {{ trigger.who }}', assignees: ['boss@example.com'], deadline: '1d' },
  });
  const flow = flowOf([ask, returns('{{ steps.ask.output.approved }}')]);
  const id = world.start(flow, { who: 'Ada' });
  expect(await world.play(id)).toMatchObject({ state: 'waiting' });
  expect(world.entry(id, 'stp_ask')?.input).toMatchObject({ title: 'Access for Ada' });
  world.answers.set(`${id} stp_ask`, { approved: true });
  expect(await world.play(id)).toEqual({ state: 'succeeded', output: true });
  expect(await world.finish(world.start(flow, { who: 'Bob' }))).toEqual({ state: 'succeeded', output: false });
});

test('what a host tells of a wait stands in its journal, each line once', async () => {
  const world = new MemoryWorld();
  const ask = step({
    id: 'stp_ask',
    name: 'ask',
    kind: 'wait',
    for: { kind: 'approval', title: 'May they?', assignees: ['boss@example.com'] },
  });
  const id = world.start(flowOf([ask]));
  const line = (message: string) => ({ at: world.time, level: 'info' as const, message });
  const messages = () => world.entry(id, 'stp_ask')?.logs?.map(({ message }) => message);
  await world.play(id);
  expect(messages()).toBeUndefined();
  world.histories.set(`${id} stp_ask`, [line('Asked: boss')]);
  for (let turn = 0; turn < 2; turn += 1) {
    expect(await world.play(id)).toMatchObject({ state: 'waiting' });
    expect([world.entry(id, 'stp_ask')?.state, messages()]).toEqual(['waiting', ['Asked: boss']]);
  }
  world.histories.set(`${id} stp_ask`, [line('Asked: boss'), line('Approved by boss')]);
  world.answers.set(`${id} stp_ask`, { approved: true });
  expect(await world.play(id)).toMatchObject({ state: 'succeeded' });
  expect(messages()).toEqual(['Asked: boss', 'Approved by boss']);
});

test('the address of a wait can be sent before the wait begins', async () => {
  const wait = step({ id: 'stp_w', name: 'answer', kind: 'wait', for: { kind: 'callback' } });
  const world = new MemoryWorld();
  await world.play(world.start(flowOf([effect('send', '{{ run.links.answer }}'), wait])));
  expect(world.effects[0]?.value).toBe('https://fettle.example/run_1/stp_w');
});

test('a flow that is called gives its output, and its failure', async () => {
  const world = new MemoryWorld();
  world.add(flowOf([returns('{{ trigger.n * 2 }}')], { id: 'flw_child', name: 'child' }));
  const call = step({ id: 'stp_c', name: 'call', kind: 'subFlow', flow: 'flw_child', mode: 'call', input: { n: 21 } });
  expect(await world.finish(world.start(flowOf([call, returns('{{ steps.call.output }}')])))).toEqual({
    state: 'succeeded',
    output: 42,
  });
  world.add(
    flowOf([step({ id: 'stp_s', name: 'stop', kind: 'stop', outcome: 'failure', message: 'Not today' })], {
      id: 'flw_child',
      name: 'child',
    }),
  );
  expect(await world.finish(world.start(flowOf([call])))).toMatchObject({
    state: 'failed',
    error: { message: 'Not today', step: 'call' },
  });
});

test('a run that takes too long fails, a cancelled one is cancelled, and a released one goes on', async () => {
  const world = new MemoryWorld();
  const wait = step({ id: 'stp_w', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '2h' } });
  expect(await world.finish(world.start(flowOf([wait], { timeoutMs: 60_000 })))).toMatchObject({
    state: 'failed',
    error: { code: 'flow.timeout' },
  });
  world.actions['test/hang'] = { effect: 'outside', run: () => new Promise(() => undefined) };
  const hang = flowOf([step({ id: 'stp_h', name: 'hang', kind: 'action', type: 'test/hang', settings: {} })]);
  for (const [reason, state] of [
    [cancelReason, 'cancelled'],
    [new RunReleased(), 'released'],
  ] as const) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 5);
    expect(await world.play(world.start(hang), { signal: controller.signal })).toEqual({ state });
  }
});

test('an action that ignores its time limit is left behind', async () => {
  const world = new MemoryWorld();
  world.actions['test/hang'] = { effect: 'read', run: () => new Promise(() => undefined) };
  const hang = step({ id: 'stp_h', name: 'hang', kind: 'action', type: 'test/hang', settings: {}, timeoutMs: 20 });
  expect(await world.play(world.start(flowOf([hang])))).toMatchObject({
    state: 'failed',
    error: { code: 'flow.step-timeout', step: 'hang' },
  });
});

test('a dry run shows effects and does not cause them', async () => {
  const world = new MemoryWorld();
  const id = world.start(
    flowOf([effect('send', 1), returns('{{ steps.send.output.example }}')]),
    {},
    { isDryRun: true },
  );
  expect(await world.play(id)).toEqual({ state: 'succeeded', output: true });
  expect(world.effects).toEqual([]);
  expect(world.entry(id, 'stp_send')).toMatchObject({
    state: 'previewed',
    input: { preview: 'Would run test/effect' },
  });
});

test('a dry run does what can be undone, and shows what turns out not to be', async () => {
  const world = new MemoryWorld();
  const writes: string[] = [];
  world.actions['test/write'] = {
    effect: 'write',
    run: ({ settings }) => {
      if (settings['lasting'] === true) throw new PreviewInstead();
      writes.push(String(settings['row']));
      return { row: settings['row'] ?? null };
    },
  };
  const write = (name: string, settings: Readonly<Record<string, Json>>) =>
    step({ id: `stp_${name}`, name, kind: 'action', type: 'test/write', settings });
  const flow = flowOf([
    write('one', { row: 1 }),
    write('two', { row: 2, lasting: true }),
    returns('{{ [steps.one.output.row, steps.two.output.example] }}'),
  ]);
  const id = world.start(flow, {}, { isDryRun: true });
  expect(await world.play(id)).toEqual({ state: 'succeeded', output: [1, true] });
  expect(writes).toEqual(['1']);
  expect([world.entry(id, 'stp_one')?.state, world.entry(id, 'stp_two')?.state]).toEqual(['succeeded', 'previewed']);
  // For real there is nothing to show instead.
  expect(await world.play(world.start(flow))).toMatchObject({ state: 'failed', error: { code: 'flow.unexpected' } });
});

test('an action that is not installed, a broken binding and a bug fail with words for people', async () => {
  const world = new MemoryWorld();
  world.actions['test/bug'] = {
    effect: 'none',
    run: () => {
      throw new TypeError('secret details');
    },
  };
  const one = (type: string, settings = {}) =>
    flowOf([step({ id: 'stp_a', name: 'a', kind: 'action', type, settings })]);
  expect(await world.play(world.start(one('gone/type')))).toMatchObject({
    error: { code: 'flow.action-not-installed' },
  });
  expect(await world.play(world.start(one('test/echo', { value: '{{ 1 + }}' })))).toMatchObject({
    error: { code: 'flow.binding' },
  });
  const bug = await world.play(world.start(one('test/bug')));
  expect(bug).toMatchObject({ error: { code: 'flow.unexpected' } });
  expect(JSON.stringify(bug)).not.toContain('secret details');
  expect(world.unexpected).toHaveLength(1);
});

test('light steps are written together, a step with an effect before and after', async () => {
  const world = new MemoryWorld();
  await world.play(world.start(flowOf(Array.from({ length: 20 }, (_, n) => echo(`e${n}`, n)))));
  expect(world.commits).toBe(1);
  world.commits = 0;
  await world.play(world.start(flowOf([effect('a', 1), effect('b', 2), effect('c', 3)])));
  expect(world.commits).toBeLessThanOrEqual(6);
  expect(world.commits).toBeGreaterThanOrEqual(4);
});

test('turns of a loop that are over are not held or loaded again', async () => {
  const world = new MemoryWorld();
  const wait = step({ id: 'stp_w', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '1h' } });
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    items: '{{ range(0, 50) }}',
    steps: [
      effect('touch', '{{ item }}'),
      step({
        id: 'stp_b',
        name: 'sometimes',
        kind: 'branch',
        branches: [{ id: 'brn_1', condition: '{{ item == 40 }}', steps: [wait] }],
      }),
    ],
  });
  const id = world.start(flowOf([loop]));
  expect(await world.play(id)).toMatchObject({ state: 'waiting' });
  world.loadedScopes = [];
  world.time += 3_600_000;
  expect(await world.play(id)).toMatchObject({ state: 'succeeded' });
  expect(world.loadedScopes.slice(0, 2)).toEqual(['', 'stp_l#40/']);
  expect(world.effects).toHaveLength(50);
});
