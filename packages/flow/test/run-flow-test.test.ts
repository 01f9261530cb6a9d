import type { FlowStep } from '@fettle/definition';
import { describe, expect, test } from 'vitest';
import { runFlowTest } from '../src/index.ts';
import { echo, effect, flowOf } from './memory-world.ts';
import { complaints, flowTest, run, testHost } from './test-host.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;
const gives = (value: unknown): FlowStep => step({ id: 'stp_give', name: 'give', kind: 'return', value });
const loop = (steps: readonly FlowStep[], facts: object = {}): FlowStep =>
  step({ id: 'stp_each', name: 'each', kind: 'forEach', items: '{{ trigger.list }}', steps, ...facts });
const ask = (deadline?: string): FlowStep =>
  step({
    id: 'stp_ask',
    name: 'ask',
    kind: 'wait',
    for: { kind: 'approval', title: 'Well?', assignees: ['a'], ...(deadline === undefined ? {} : { deadline }) },
  });

describe('what a step gives in a test', () => {
  const flow = flowOf([effect('send', '{{ trigger.to }}'), gives('{{ steps.send.output.id }}')]);

  test('is what its mock says, and nothing reaches outside', async () => {
    expect(
      await run(flow, {
        trigger: { to: 'ada' },
        mocks: [{ step: 'send', output: { id: 7 } }],
        expect: {
          state: 'succeeded',
          output: { equals: 7 },
          order: ['send', 'give'],
          steps: [{ step: 'send', times: 1, state: 'succeeded', input: { equals: { value: 'ada' } } }],
        },
      }),
    ).toMatchObject({ hasPassed: true, differences: [], end: { state: 'succeeded', output: 7 } });
  });

  test('is asked for when it reaches outside and has none: also a try around it does not hide that', async () => {
    const hidden = flowOf([
      step({
        id: 'stp_try',
        name: 'attempt',
        kind: 'try',
        steps: [effect('send', 1)],
        catch: [],
        finally: [echo('last', 1)],
      }),
    ]);
    const { differences } = await run(hidden, {});
    expect(differences).toEqual([
      {
        place: '/mocks',
        path: '',
        step: 'send',
        message: '"send" changes something outside, and the test does not say what it gives.',
        hint: 'Give it a mock, with an output or an error.',
      },
    ]);
    const reads = flowOf([step({ id: 'stp_r', name: 'look', kind: 'action', type: 'test/read', settings: {} })]);
    expect(await complaints(reads, {})).toEqual(['"look" reads something, and the test does not say what it gives.']);
    expect(await complaints(hidden, { unmocked: 'succeed' })).toEqual([]);
  });

  test('is worked out by steps that only compute', async () => {
    const computes = flowOf([echo('twice', '{{ trigger.n * 2 }}'), gives('{{ steps.twice.output }}')]);
    expect(
      await complaints(computes, { trigger: { n: 4 }, expect: { state: 'succeeded', output: { equals: 8 } } }),
    ).toEqual([]);
    // Unless a mock stands in for them.
    const mocks = [{ step: 'twice', output: 1 }];
    expect(await complaints(computes, { mocks, expect: { state: 'succeeded', output: { equals: 1 } } })).toEqual([]);
  });

  test('can be an error, which retries meet as real ones: by number of the try', async () => {
    const retried = flowOf([
      effect('send', 1, { retry: { count: 2, delayMs: 60_000, jitter: true, only: ['busy'] } }),
      gives('{{ steps.send.output }}'),
    ]);
    const busy = { code: 'busy', message: 'Busy.' };
    const passes = await run(retried, {
      mocks: [
        { step: 'send', error: busy },
        { step: 'send', call: 3, output: 'sent' },
      ],
      expect: { state: 'succeeded', output: { equals: 'sent' } },
    });
    expect(passes.differences).toEqual([]);
    expect(passes.entries[0]).toMatchObject({ name: 'send', attempt: 3, state: 'succeeded' });
    const fails = { state: 'failed', error: { code: 'busy', message: 'Bus', step: 'send' } } as const;
    expect(await complaints(retried, { mocks: [{ step: 'send', error: busy }], expect: fails })).toEqual([]);
    expect(
      await complaints(retried, { mocks: [{ step: 'send', error: { ...busy, code: 'gone' } }], expect: fails }),
    ).toEqual([`The code of the run's error is "gone", which is not "busy".`]);
  });

  test('is told apart by the turns of loops, also when they go side by side', async () => {
    const each = flowOf([
      loop([effect('send', '{{ item }}')], { collect: '{{ steps.send.output }}', concurrency: 2 }),
      gives('{{ steps.each.output.results }}'),
    ]);
    const mocks = [
      { step: 'send', output: 'usual' },
      { step: 'send', turns: [2], output: 'second' },
    ];
    expect(
      await complaints(each, {
        trigger: { list: ['a', 'b', 'c'] },
        mocks,
        expect: {
          state: 'succeeded',
          output: { equals: ['usual', 'second', 'usual'] },
          steps: [
            { step: 'send', times: 3, state: 'succeeded' },
            { step: 'send', turns: [2], input: { equals: { value: 'b' } } },
          ],
        },
      }),
    ).toEqual([]);
  });

  test('is a list of rows for a loop over a table', async () => {
    const rows = { dataSource: 'src_1', table: 't' };
    const each = flowOf([
      step({ id: 'stp_each', name: 'each', kind: 'forEach', rows, collect: '{{ item.id }}', steps: [echo('x', 1)] }),
      gives('{{ steps.each.output.results }}'),
    ]);
    const output = [{ id: 1 }, { id: 2 }];
    expect(
      await complaints(each, {
        mocks: [{ step: 'each', output }],
        expect: { state: 'succeeded', output: { equals: [1, 2] } },
      }),
    ).toEqual([]);
    expect(await complaints(each, {})).toEqual([
      '"each" goes over the rows of a table, and the test does not give any.',
    ]);
    expect(await complaints(each, { mocks: [{ step: 'each', output: { id: 1 } }] })).toEqual([
      'The mock of "each" gives no list of rows.',
    ]);
  });

  test('is what a called flow returns', async () => {
    const calls = flowOf([
      step({
        id: 'stp_sub',
        name: 'sub',
        kind: 'subFlow',
        flow: 'flw_9',
        mode: 'call',
        input: { n: '{{ trigger.n }}' },
      }),
      gives('{{ steps.sub.output }}'),
    ]);
    const facts = { trigger: { n: 1 }, mocks: [{ step: 'sub', output: 5 }] };
    expect(await complaints(calls, { ...facts, expect: { state: 'succeeded', output: { equals: 5 } } })).toEqual([]);
    expect(await complaints(calls, {})).toEqual([
      '"sub" starts another flow, and the test does not say what it gives.',
    ]);
  });

  test('stands in for actions that are not installed', async () => {
    const gone = flowOf([step({ id: 'stp_x', name: 'x', kind: 'action', type: 'acme/gone', settings: {} })]);
    expect(await complaints(gone, { mocks: [{ step: 'x', output: 1 }] })).toEqual([]);
    expect(await complaints(gone, {})).toEqual([
      'The run failed at "x": The action "acme/gone" is not installed. (flow.action-not-installed) It should succeed.',
    ]);
  });
});

describe('time in a test', () => {
  test('stands still but for waits, which are jumped over', async () => {
    const flow = flowOf([
      step({ id: 'stp_w', name: 'wait', kind: 'wait', for: { kind: 'duration', duration: '3d' } }),
      step({ id: 'stp_v', name: 'note', kind: 'setVariables', values: { at: '{{ now() }}' } }),
      step({ id: 'stp_n', name: 'nap', kind: 'wait', for: { kind: 'duration', duration: '500ms' } }),
      gives('{{ now() }}'),
    ]);
    const result = await run(flow, { clock: '2030-01-01T00:00:00Z' });
    expect(result.differences).toEqual([]);
    expect(JSON.stringify(result.entries.find(({ name }) => name === 'note')?.output)).toContain('2030-01-04T00:00:00');
    expect(JSON.stringify(result.end?.output)).toContain('2030-01-04T00:00:00.5');
    expect(result.durationMs).toBeLessThan(2_000);
  });

  test('runs out for steps and flows as for real ones', async () => {
    const slow = flowOf(
      [step({ id: 'stp_w', name: 'wait', kind: 'wait', for: { kind: 'duration', duration: '2h' } })],
      {
        timeoutMs: 3_600_000,
      },
    );
    expect(await complaints(slow, { expect: { state: 'failed', error: { code: 'flow.timeout' } } })).toEqual([]);
  });

  test('is given by mocks to answers and to deadlines that pass', async () => {
    const flow = flowOf([
      ask('2d'),
      step({
        id: 'stp_b',
        name: 'choose',
        kind: 'branch',
        branches: [{ id: 'br_1', condition: '{{ steps.ask.output.approved }}', steps: [gives('yes')] }],
        otherwise: [step({ id: 'stp_late', name: 'late', kind: 'return', value: '{{ now() }}' })],
      }),
    ]);
    const yes = [{ step: 'ask', output: { approved: true } }];
    expect(
      await complaints(flow, {
        mocks: yes,
        expect: { state: 'succeeded', output: { equals: 'yes' }, never: ['late'] },
      }),
    ).toEqual([]);
    const nobody = await run(flow, { clock: '2030-01-01T00:00:00Z', mocks: [{ step: 'ask', expires: true, call: 1 }] });
    expect(JSON.stringify(nobody.end?.output)).toContain('2030-01-03');
    const [first, ...others] = flow.steps as unknown as readonly [{ readonly for: object }, ...unknown[]];
    const escalations = [{ to: ['chief@example.com'], deadline: '5d' }, { to: ['board@example.com'] }];
    const asksThree = { ...flow, steps: [{ ...first, for: { ...first.for, escalations } }, ...others] } as typeof flow;
    const late = await run(asksThree, { clock: '2030-01-01T00:00:00Z', mocks: [{ step: 'ask', expires: true }] });
    expect(JSON.stringify(late.end?.output)).toContain('2030-01-13');
    expect(await complaints(flow, { expect: { state: 'waiting' } })).toEqual([]);
    expect(await complaints(flow, {})).toEqual(['The run waits for an answer at "ask"; it should succeed.']);
    const timed = { ...flow, timeoutMs: 1_000 };
    expect(await complaints(timed, { expect: { state: 'waiting' } })).toEqual([]);
  });

  test('is limited for the test itself, whatever its flow does', async () => {
    const endless = flowOf([
      step({
        id: 'stp_w',
        name: 'again',
        kind: 'while',
        condition: '{{ true }}',
        limit: 1_000_000,
        steps: [step({ id: 'stp_v', name: 'keep', kind: 'setVariables', values: { a: 1 } })],
      }),
    ]);
    expect(await complaints(endless, {})).toEqual(['The test takes more than 50,000 steps.']);
    const hangs = flowOf([step({ id: 'stp_h', name: 'hang', kind: 'action', type: 'test/hang', settings: {} })]);
    const result = await run(hangs, {}, testHost({ timeLimitMs: 50 }));
    expect(result.differences.map(({ message }) => message)).toEqual(['The test took longer than 0.05 seconds.']);
  });
});

describe('expectations', () => {
  const flow = flowOf([
    echo('first', {
      list: [
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Bob' },
      ],
      text: 'x',
    }),
    gives('{{ steps.first.output }}'),
  ]);

  test('name each place of a value that is not as it must be', async () => {
    const equals = { list: [{ id: 1, name: 'Eve' }, { id: 2 }, 3], more: true };
    const { differences } = await run(flow, { expect: { state: 'succeeded', output: { equals } } });
    expect(differences.map(({ path, message }) => [path, message])).toEqual([
      ['/list', 'What the flow returns: /list has 2 items instead of 3.'],
      ['/list/0/name', 'What the flow returns: /list/0/name is "Ada" instead of "Eve".'],
      ['/list/1/name', 'What the flow returns: /list/1/name is "Bob" and should not be there.'],
      ['/more', 'What the flow returns: /more is missing; it should be true.'],
      ['/text', 'What the flow returns: /text is "x" and should not be there.'],
    ]);
    expect(differences[1]).toMatchObject({ place: '/expect/output', expected: 'Eve', actual: 'Ada' });
  });

  test('can ask for a part: members at any depth, and items wherever they stand', async () => {
    const includes = (value: unknown) =>
      complaints(flow, { expect: { state: 'succeeded', output: { includes: value } } });
    expect(await includes({ list: [{ name: 'Bob' }] })).toEqual([]);
    expect(await includes({ list: [{ name: 'Eve' }] })).toEqual([
      'What the flow returns: /list has no item that includes {"name":"Eve"}.',
    ]);
  });

  test('can be expressions over the value and over all that the flow knows', async () => {
    const that = (text: string) =>
      complaints(flow, { expect: { state: 'succeeded', output: { that: text }, that: [text] } });
    expect(
      await that('output.list.length == 2 && steps.first.state == "succeeded" && env.name == "development"'),
    ).toEqual([]);
    expect(
      await complaints(flow, { expect: { state: 'succeeded', output: { that: '{{ value.text == "y" }}' } } }),
    ).toEqual(['What the flow returns: {{ value.text == "y" }} is not true.']);
    expect(await complaints(flow, { expect: { state: 'succeeded', that: ['nonsense('] } })).toEqual([
      expect.stringMatching(/^nonsense\( cannot be worked out\./),
    ]);
    expect(await complaints(flow, { expect: { state: 'succeeded', that: ['output.text.length - 1'] } })).toEqual([
      'output.text.length - 1 is not true: it is 0.',
    ]);
  });

  test('say which steps run, in which order, how often, and which never', async () => {
    const each = flowOf([loop([echo('a', 1), echo('b', 1)]), echo('c', 1)]);
    const facts = { trigger: { list: [1, 2] } };
    const good = { state: 'succeeded', order: ['each', 'a', 'b', 'a', 'c'], never: ['gone'] } as const;
    expect(
      await complaints(each, { ...facts, expect: { ...good, order: [...good.order], never: [...good.never] } }),
    ).toEqual([]);
    expect(
      await complaints(each, {
        ...facts,
        expect: {
          state: 'succeeded',
          order: ['c', 'a', 'gone'],
          never: ['a'],
          steps: [{ step: 'a', times: 3 }, { step: 'gone' }, { step: 'b', turns: [3] }, { step: 'gone', times: 0 }],
        },
      }),
    ).toEqual([
      '"a" did not run after "c". The steps ran in this order: each, a, b, a, b, c.',
      '"gone" did not run.',
      '"a" ran 2 times instead of 3 times.',
      '"gone" did not run.',
      '"b" did not run in turn 3.',
      '"a" must not run, and it ran 2 times.',
    ]);
  });

  test('see who started it, its environment and its variables as the test gives them', async () => {
    const asks = flowOf([gives('{{ user.email + env.name + vars.a + vars.b }}')], {
      variables: [
        { name: 'a', initial: 'a' },
        { name: 'b', initial: 'b' },
      ],
    });
    const facts = {
      user: { id: 'u', email: 'ada@x', name: 'Ada' },
      env: { name: 'production' },
      vars: { b: 'B' },
      expect: { state: 'succeeded', output: { equals: 'ada@xproductionaB' }, that: ['vars.a == "a"'] },
    } as const;
    expect(await complaints(asks, { ...facts, expect: { ...facts.expect, that: [...facts.expect.that] } })).toEqual([]);
  });

  test('are not met by a flow that is gone or a clock that shows no time', async () => {
    expect((await runFlowTest(flowTest({}), {}, testHost())).differences[0]?.message).toBe(
      'The flow of this test is gone.',
    );
    expect(await complaints(flow, { clock: 'soon' })).toEqual(['"soon" is not a time.']);
  });
});
