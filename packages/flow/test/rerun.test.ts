import { inputError } from '@fettle/base';
import type { FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { failedPlace } from '../src/index.ts';
import { echo, effect, flowOf, MemoryWorld } from './memory-world.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;
const returns = (value: unknown): FlowStep => step({ id: 'stp_return', name: 'give', kind: 'return', value });
const set = (name: string, values: unknown): FlowStep =>
  step({ id: `stp_${name}`, name, kind: 'setVariables', values });
const shaky = (name: string, value: unknown = name): FlowStep =>
  step({ id: `stp_${name}`, name, kind: 'action', type: 'test/shaky', settings: { value } });

/** A world with an action that fails while the world is broken. */
class ShakyWorld extends MemoryWorld {
  isBroken = true;
  fails: (value: unknown) => boolean = () => true;
  second = '';
  constructor() {
    super();
    this.actions['test/shaky'] = {
      effect: 'outside',
      run: ({ settings, idempotencyKey }) => {
        if (this.isBroken && this.fails(settings['value']))
          throw inputError({ code: 'test.broken', message: 'Broken.' });
        this.effects.push({ key: idempotencyKey, value: settings['value'] ?? null });
        return settings['value'] ?? null;
      },
    };
  }

  values(): readonly unknown[] {
    return this.effects.map(({ value }) => value);
  }

  /** Plays the flow until it fails, mends the world, and goes on from the step that failed. */
  async mended(steps: readonly FlowStep[], trigger: Parameters<MemoryWorld['start']>[1] = {}) {
    const flow = this.add(flowOf(steps));
    const id = this.start(flow, trigger);
    const end = await this.finish(id);
    if (end.state !== 'failed') throw new TypeError(`it ${end.state}`);
    const place = failedPlace(flow, this.entries(id), end.error);
    if (!place.ok) throw new TypeError(place.error.message);
    this.isBroken = false;
    const next = this.rerun(id, place.value);
    if (!next.ok) throw new TypeError(next.error.message);
    return { place: place.value, id, next: next.value, end: await this.finish(next.value) };
  }
}

const problemOf = (result: ReturnType<MemoryWorld['rerun']>): string => (result.ok ? 'none' : result.error.code);

test('a run goes on from the step that failed: what came before is reused, with its variables, and not done again', async () => {
  const world = new ShakyWorld();
  const { place, id, next, end } = await world.mended([
    effect('charge', 10),
    set('keep', { total: '{{ steps.charge.output + 1 }}' }),
    shaky('send', '{{ vars.total }}'),
    set('more', { total: '{{ vars.total + 1 }}' }),
    returns('{{ steps.charge.output + vars.total }}'),
  ]);
  expect(place).toBe('stp_send');
  expect(end).toEqual({ state: 'succeeded', output: 22 });
  expect(world.effects).toEqual([
    { key: `${id}/stp_charge`, value: 10 },
    { key: `${next}/stp_send`, value: 11 },
  ]);
  expect(world.entry(next, 'stp_charge')).toMatchObject({ reusedFrom: id, idempotencyKey: `${id}/stp_charge` });
  expect(world.entry(next, 'stp_send')).not.toHaveProperty('reusedFrom');
  const again = world.rerun(next, 'stp_send');
  expect(again.ok && world.entry(again.value, 'stp_charge')?.reusedFrom).toBe(id);
});

test('the way a run took at a branch is kept; other ways are refused', async () => {
  const world = new ShakyWorld();
  const choose = step({
    id: 'stp_if',
    name: 'choose',
    kind: 'branch',
    branches: [
      { id: 'brn_1', condition: '{{ trigger.n > 1 }}', steps: [effect('in', 'in'), shaky('send'), echo('after', 1)] },
    ],
    otherwise: [echo('other', 1)],
  });
  const { id, end } = await world.mended([effect('first', 'first'), choose, effect('last', 'last')], { n: 2 });
  expect(end.state).toBe('succeeded');
  expect(world.values()).toEqual(['first', 'in', 'send', 'last']);
  expect(problemOf(world.rerun(id, 'stp_other'))).toBe('flow-rerun.other-way');
  expect(problemOf(world.rerun(id, 'stp_last'))).toBe('flow-rerun.not-reached');
  expect(problemOf(world.rerun(id, 'stp_after'))).toBe('flow-rerun.not-reached');
  expect(problemOf(world.rerun(id, 'stp_nobody'))).toBe('flow-rerun.no-place');
  expect(problemOf(world.rerun(id, 'stp_first#0/stp_in'))).toBe('flow-rerun.no-place');
  expect(problemOf(world.rerun(id, 'stp_if'))).toBe('none');
});

test('a loop goes on in the turn that failed, from the loop, or from an earlier turn', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === 'b2';
  const loop = step({
    id: 'stp_each',
    name: 'each',
    kind: 'forEach',
    items: '{{ trigger.items }}',
    collect: '{{ steps.two.output }}',
    steps: [effect('one', 'a{{ item }}'), shaky('two', 'b{{ item }}'), set('count', { last: '{{ item }}' })],
  });
  const flow = [loop, returns('{{ steps.each.output }}')];
  const { place, id, end } = await world.mended(flow, { items: [1, 2, 3] });
  expect(place).toBe('stp_each#1/stp_two');
  expect(end).toEqual({ state: 'succeeded', output: { count: 3, results: ['b1', 'b2', 'b3'] } });
  expect(world.values()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  expect(problemOf(world.rerun(id, 'stp_each#2/stp_one'))).toBe('flow-rerun.no-turn');
  world.effects.splice(0);
  const earlier = world.rerun(id, 'stp_each#0/stp_two');
  expect(earlier.ok && (await world.finish(earlier.value))).toEqual(end);
  expect(world.values()).toEqual(['b1', 'a2', 'b2', 'a3', 'b3']);
  world.effects.splice(0);
  const whole = world.rerun(id, 'stp_each');
  expect(whole.ok && (await world.finish(whole.value))).toEqual(end);
  expect(world.values()).toHaveLength(6);
});

test('turns that ran beside the one that failed are not done again', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === 1;
  const loop = step({
    id: 'stp_each',
    name: 'each',
    kind: 'forEach',
    items: '{{ range(0, 6) }}',
    concurrency: 3,
    collect: '{{ steps.do.output }}',
    steps: [shaky('do', '{{ item }}')],
  });
  const { place, end } = await world.mended([loop, returns('{{ steps.each.output.results }}')]);
  expect(place).toBe('stp_each#1/stp_do');
  expect(end).toEqual({ state: 'succeeded', output: [0, 1, 2, 3, 4, 5] });
  expect(world.values().toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a loop inside a loop goes on where it stood', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === '1-1';
  const inner = step({
    id: 'stp_in',
    name: 'inside',
    kind: 'forEach',
    items: '{{ range(0, 3) }}',
    as: 'n',
    steps: [shaky('do', '{{ m }}-{{ n }}')],
  });
  const outer = step({
    id: 'stp_out',
    name: 'outside',
    kind: 'forEach',
    items: '{{ range(0, 3) }}',
    as: 'm',
    steps: [inner],
  });
  const { place, end } = await world.mended([outer]);
  expect(place).toBe('stp_out#1/stp_in#1/stp_do');
  expect(end.state).toBe('succeeded');
  expect(world.values()).toEqual(['0-0', '0-1', '0-2', '1-0', '1-1', '1-2', '2-0', '2-1', '2-2']);
});

test('a while loop keeps what its turns found', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === 3;
  const loop = step({
    id: 'stp_while',
    name: 'again',
    kind: 'while',
    condition: '{{ (vars.n ?? 0) < 5 }}',
    limit: 10,
    steps: [
      shaky('do', '{{ (vars.n ?? 0) + 1 }}'),
      set('next', { n: '{{ steps.do.output }}' }),
      echo('keep', '{{ index }}'),
    ],
  });
  const { place, end } = await world.mended([loop, returns('{{ vars.n }}')]);
  expect(place).toBe('stp_while#2/stp_do');
  expect(end).toEqual({ state: 'succeeded', output: 5 });
  expect(world.values()).toEqual([1, 2, 3, 4, 5]);
});

test('a turn sees what the turn before found, also in a run that goes on within it', async () => {
  const world = new ShakyWorld();
  const loop = step({
    id: 'stp_while',
    name: 'again',
    kind: 'while',
    condition: '{{ index < 3 }}',
    limit: 10,
    steps: [shaky('first', '{{ index }}'), effect('sum', '{{ (steps.sum.output ?? 0) + index }}')],
  });
  world.fails = (value) => value === 2;
  const { end } = await world.mended([loop, returns('{{ steps.sum.output }}')]);
  expect(end).toEqual({ state: 'succeeded', output: 3 });
});

test('batches of rows go on where the table was left', async () => {
  const world = new ShakyWorld();
  world.rows = Array.from({ length: 10 }, (_, n) => n);
  world.fails = (value) => value === '6,7';
  const loop = step({
    id: 'stp_rows',
    name: 'rows',
    kind: 'forEach',
    rows: { dataSource: 'dsr', table: 't' },
    batchSize: 2,
    steps: [shaky('do', '{{ join(item, ",") }}')],
  });
  const { place, id, end } = await world.mended([loop]);
  expect(place).toBe('stp_rows#3/stp_do');
  expect(end.state).toBe('succeeded');
  expect(world.values()).toEqual(['0,1', '2,3', '4,5', '6,7', '8,9']);
  expect(problemOf(world.rerun(id, 'stp_rows#1/stp_do'))).toBe('flow-rerun.rows-moved');
  expect(problemOf(world.rerun(id, 'stp_rows#0/stp_do'))).toBe('none');
});

test('lanes beside the one that failed keep what they finished, and go on', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === 'left' || value === 'right';
  const lanes = step({
    id: 'stp_both',
    name: 'both',
    kind: 'parallel',
    lanes: [
      { id: 'lan_1', steps: [effect('one', 1), shaky('left')] },
      { id: 'lan_2', steps: [effect('two', 2), shaky('right'), effect('three', 3)] },
    ],
  });
  const { end } = await world.mended([effect('first', 0), lanes, effect('last', 4)]);
  expect(end.state).toBe('succeeded');
  expect(world.values().slice(0, 3)).toEqual([0, 1, 2]);
  expect(world.values().slice(3).toSorted()).toEqual([3, 4, 'left', 'right']);
});

test('what failed and was caught stays caught, for steps of "catch", of "finally" and behind them', async () => {
  const world = new ShakyWorld();
  world.fails = (value) => value === 'tried' || value === world.second;
  const guarded = step({
    id: 'stp_try',
    name: 'guarded',
    kind: 'try',
    steps: [effect('before', 'before'), shaky('tried')],
    catch: [effect('tell', '{{ error.code }}'), shaky('repair')],
    finally: [effect('close', 'close'), shaky('sweep')],
  });
  const steps = [guarded, shaky('behind')];
  for (const [second, place, done] of [
    ['repair', 'stp_repair', ['repair', 'close', 'sweep', 'behind']],
    ['sweep', 'stp_sweep', ['sweep', 'behind']],
    ['behind', 'stp_behind', ['behind']],
  ] as const) {
    world.second = second;
    world.isBroken = true;
    const id = world.start(flowOf(steps));
    const first = await world.finish(id);
    expect(first).toMatchObject({ state: 'failed' });
    world.effects.splice(0);
    world.isBroken = false;
    // After a failure in "catch", "finally" ran already: from there everything behind it is played again.
    const next = world.rerun(id, place);
    expect(next.ok && (await world.finish(next.value)), second).toMatchObject({ state: 'succeeded' });
    expect(world.values(), second).toEqual(done);
  }
  world.second = 'repair';
  world.isBroken = true;
  const id = world.start(flowOf(steps));
  await world.finish(id);
  world.isBroken = false;
  world.effects.splice(0);
  const body = world.rerun(id, 'stp_tried');
  expect(body.ok && (await world.finish(body.value))).toMatchObject({ state: 'succeeded' });
  expect(world.values()).toEqual(['tried', 'close', 'sweep', 'behind']);
  expect(body.ok && problemOf(world.rerun(body.value, 'stp_tell'))).toBe('flow-rerun.other-way');
});

test('another version is taken when the steps before are the same, whatever they are called', async () => {
  const world = new ShakyWorld();
  const { id } = await world.mended([effect('first', 1), shaky('send'), returns('{{ steps.first.output }}')]);
  const on = (steps: readonly FlowStep[]) => world.rerun(id, 'stp_send', flowOf(steps));
  const renamed = step({ ...effect('first', 1), name: 'begin', description: 'New', timeoutMs: 5 });
  world.effects.splice(0);
  const next = on([renamed, shaky('send', 'new'), returns('{{ steps.begin.output }}')]);
  expect(next.ok && (await world.finish(next.value))).toEqual({ state: 'succeeded', output: 1 });
  expect(world.values()).toEqual(['new']);
});

test.each([
  ['another setting', [effect('first', 2), shaky('send')], 'flow-rerun.steps-differ'],
  ['one more before', [effect('first', 1), echo('new', 1), shaky('send')], 'flow-rerun.steps-differ'],
  ['one less before', [shaky('send')], 'flow-rerun.steps-differ'],
  ['turned off', [effect('first', 1, { disabled: true }), shaky('send')], 'flow-rerun.steps-differ'],
  ['gone', [effect('first', 1)], 'flow-rerun.no-place'],
] as const)('steps before that are not the same are refused: %s', async (_, steps, code) => {
  const world = new ShakyWorld();
  const { id } = await world.mended([effect('first', 1), shaky('send')]);
  expect(problemOf(world.rerun(id, 'stp_send', flowOf([...steps])))).toBe(code);
});

test('a step whose binding fails is in the journal, and a run goes on from it', async () => {
  const world = new ShakyWorld();
  const flow = flowOf([effect('first', 1), set('keep', { size: '{{ nothing(1) }}' }), echo('last', 1)]);
  const id = world.start(flow);
  const end = await world.finish(id);
  expect(end).toMatchObject({ state: 'failed', error: { step: 'keep' } });
  expect(world.entry(id, 'stp_keep')).toMatchObject({ state: 'failed' });
  const place = failedPlace(flow, world.entries(id), end.state === 'failed' ? end.error : undefined);
  expect(place).toEqual({ ok: true, value: 'stp_keep' });
});

test('a run that was cut off goes on at the step that was under way', async () => {
  const world = new ShakyWorld();
  const flow = flowOf([
    effect('first', 1),
    step({ id: 'stp_wait', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '1h' } }),
    effect('last', 2),
  ]);
  const id = world.start(flow);
  await world.play(id);
  await world.play(id, { isCancelRequested: true });
  const place = failedPlace(flow, world.entries(id), undefined);
  expect(place).toEqual({ ok: true, value: 'stp_wait' });
  const next = world.rerun(id, 'stp_wait');
  expect(next.ok && (await world.finish(next.value))).toMatchObject({ state: 'succeeded' });
  expect(world.values()).toEqual([1, 2]);
  expect(failedPlace(flow, [], undefined).ok).toBe(false);
});

test('attempts that failed are kept with their times and reasons', async () => {
  const world = new ShakyWorld();
  let tries = 0;
  world.actions['test/shaky'] = {
    effect: 'outside',
    run: () => {
      tries += 1;
      if (tries < 3) throw inputError({ code: 'test.broken', message: `Try ${tries}` });
      return tries;
    },
  };
  const again = step({ ...shaky('send'), retry: { count: 5, delayMs: 3_600_000 } });
  const id = world.start(flowOf([again]));
  expect(await world.finish(id)).toMatchObject({ state: 'succeeded' });
  const entry = world.entry(id, 'stp_send');
  expect(entry).toMatchObject({
    state: 'succeeded',
    attempt: 3,
    tries: [
      { attempt: 1, error: { message: 'Try 1' } },
      { attempt: 2, error: { message: 'Try 2' } },
    ],
  });
  expect((entry?.tries?.[1]?.startedAt ?? 0) - (entry?.tries?.[0]?.finishedAt ?? 0)).toBe(3_600_000);
});
