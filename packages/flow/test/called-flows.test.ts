import type { Flow, FlowMock, FlowStep, FlowTest } from '@fettle/definition';
import { describe, expect, test } from 'vitest';
import { echo, effect, flowOf } from './memory-world.ts';
import { run, testHost } from './test-host.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;
const gives = (value: unknown): FlowStep => step({ id: 'stp_give', name: 'give', kind: 'return', value });
const calls = (name: string, flow: string, input: object = {}, mode = 'call'): FlowStep =>
  step({ id: `stp_${name}`, name, kind: 'subFlow', flow, mode, input });
const waits = (name: string, duration: string): FlowStep =>
  step({ id: `stp_${name}`, name, kind: 'wait', for: { kind: 'duration', duration } });
const asks = step({
  id: 'stp_ask',
  name: 'ask',
  kind: 'wait',
  for: { kind: 'approval', title: 'Well?', assignees: ['a@example.com'] },
});
const greet = flowOf(
  [
    echo('text', 'Hello {{ trigger.who }}'),
    effect('send', '{{ steps.text.output }}'),
    gives('{{ steps.send.output }}'),
  ],
  { id: 'flw_greet', name: 'greet' },
);
const main = flowOf([calls('welcome', 'flw_greet', { who: 'Ada' }), gives('{{ steps.welcome.output }}')]);
const runs: FlowMock = { step: 'welcome', runs: true };

const outcome = (facts: Partial<FlowTest>, flow: Flow = main, called: readonly Flow[] = [greet]) =>
  run(flow, facts, testHost(), Object.fromEntries(called.map((one) => [one.id, one])));
const complaints = async (...facts: Parameters<typeof outcome>): Promise<readonly string[]> =>
  (await outcome(...facts)).differences.map(({ message }) => message);

describe('a flow that is called', () => {
  test('really runs where a test says so, on mocks of its own', async () => {
    const result = await outcome({
      mocks: [runs, { step: 'send', within: ['welcome'], output: 'sent' }],
      expect: {
        state: 'succeeded',
        output: { equals: 'sent' },
        steps: [
          { step: 'send', within: ['welcome'], times: 1, input: { equals: { value: 'Hello Ada' } } },
          { step: 'welcome', output: { equals: 'sent' } },
        ],
      },
    });
    expect(result).toMatchObject({ hasPassed: true, differences: [] });
    // What is shown on the canvas is the course of the test's own flow.
    expect(result.entries.map(({ name }) => name)).toEqual(['welcome', 'give']);
  });

  test('needs mocks of what reaches outside in it: one of the outer flow does not count', async () => {
    const { differences } = await outcome({ mocks: [runs, { step: 'send', output: 'sent' }] });
    expect(differences).toEqual([
      {
        place: '/mocks',
        path: '',
        step: 'welcome',
        message: '"send" in "welcome" changes something outside, and the test does not say what it gives.',
        hint: 'Give it a mock, with an output or an error.',
      },
    ]);
    expect(await complaints({})).toEqual(['"welcome" starts another flow, and the test does not say what it gives.']);
  });

  test('is held to what is expected of its steps', async () => {
    expect(
      await complaints({
        mocks: [runs, { step: 'send', within: ['welcome'], output: 1 }],
        expect: {
          state: 'succeeded',
          steps: [
            { step: 'send', within: ['welcome'], input: { equals: { value: 'Hello Bob' } } },
            { step: 'text', within: ['welcome'], times: 2 },
          ],
        },
      }),
    ).toEqual([
      'What "send" in "welcome" is given: /value is "Hello Ada" instead of "Hello Bob".',
      '"text" in "welcome" ran once instead of 2 times.',
    ]);
  });

  test('fails its caller as it failed', async () => {
    const error = { code: 'mail.down', message: 'No mail.' };
    expect(
      await complaints({
        mocks: [runs, { step: 'send', within: ['welcome'], error }],
        expect: { state: 'failed', error: { code: 'mail.down', step: 'welcome' } },
      }),
    ).toEqual([]);
  });

  test('is told apart by the loops around it and those in it, and calls further flows', async () => {
    const each = (name: string, steps: readonly FlowStep[], collect: string): FlowStep =>
      step({ id: `stp_${name}`, name, kind: 'forEach', items: '{{ trigger.list }}', steps, collect });
    const inner = flowOf(
      [
        each('parts', [effect('send', '{{ item }}')], '{{ steps.send.output }}'),
        gives('{{ steps.parts.output.results }}'),
      ],
      {
        id: 'flw_inner',
      },
    );
    const middle = flowOf(
      [calls('deeper', 'flw_inner', { list: '{{ trigger.list }}' }), gives('{{ steps.deeper.output }}')],
      {
        id: 'flw_middle',
      },
    );
    const outer = flowOf([
      each('all', [calls('middle', 'flw_middle', { list: ['x', 'y'] })], '{{ steps.middle.output }}'),
      gives('{{ steps.all.output.results }}'),
    ]);
    const within = ['middle', 'deeper'];
    expect(
      await complaints(
        {
          trigger: { list: [1, 2] },
          mocks: [
            { step: 'middle', runs: true },
            { step: 'deeper', within: ['middle'], runs: true },
            { step: 'send', within, output: 'usual' },
            { step: 'send', within, turns: [2, 1], output: 'other' },
          ],
          expect: {
            state: 'succeeded',
            output: {
              equals: [
                ['usual', 'usual'],
                ['other', 'usual'],
              ],
            },
            steps: [
              { step: 'send', within, times: 4 },
              { step: 'send', within, turns: [1, 2], input: { equals: { value: 'y' } } },
            ],
          },
        },
        outer,
        [middle, inner],
      ),
    ).toEqual([]);
  });

  test('waits in the time of the test, side by side with its caller', async () => {
    const slow = flowOf([waits('day', '1 d'), gives('{{ now() }}')], { id: 'flw_slow' });
    const lanes = flowOf([
      step({
        id: 'stp_p',
        name: 'both',
        kind: 'parallel',
        lanes: [
          { id: 'ln_1', name: 'a', steps: [calls('slow', 'flw_slow')] },
          { id: 'ln_2', name: 'b', steps: [waits('hour', '1 h'), echo('at', '{{ now() }}')] },
        ],
      }),
      gives('{{ [steps.at.output, steps.slow.output] }}'),
    ]);
    expect(
      await complaints(
        {
          clock: '2030-01-01T00:00:00Z',
          mocks: [{ step: 'slow', runs: true }],
          expect: { state: 'succeeded', output: { equals: ['2030-01-01T01:00:00Z', '2030-01-02T00:00:00Z'] } },
        },
        lanes,
        [slow],
      ),
    ).toEqual([]);
  });

  test('that waits for an answer keeps its caller waiting, until a mock answers', async () => {
    const asking = flowOf([asks, gives('{{ steps.ask.output.approved }}')], { id: 'flw_ask' });
    const caller = flowOf([calls('question', 'flw_ask'), gives('{{ steps.question.output }}')], { timeoutMs: 60_000 });
    const mocks: readonly FlowMock[] = [{ step: 'question', runs: true }];
    expect(await complaints({ mocks: [...mocks], expect: { state: 'waiting' } }, caller, [asking])).toEqual([]);
    expect(await complaints({ mocks: [...mocks] }, caller, [asking])).toEqual([
      'The run waits for an answer at "ask" in "question"; it should succeed.',
    ]);
    const answer = { step: 'ask', within: ['question'], output: { approved: true } };
    expect(
      await complaints(
        { mocks: [...mocks, answer], expect: { state: 'succeeded', output: { equals: true } } },
        caller,
        [asking],
      ),
    ).toEqual([]);
  });

  test('that is only started runs, too, and does not hold up its caller', async () => {
    const starting = flowOf([
      calls('start', 'flw_greet', { who: 'Bob' }, 'start'),
      gives('{{ steps.start.output.run }}'),
    ]);
    const result = await outcome(
      {
        mocks: [
          { step: 'start', runs: true },
          { step: 'send', within: ['start'], output: 1 },
        ],
        expect: {
          state: 'succeeded',
          steps: [{ step: 'send', within: ['start'], input: { equals: { value: 'Hello Bob' } } }],
        },
      },
      starting,
    );
    expect(result.differences).toEqual([]);
    expect(result.end).toMatchObject({ output: 'run_test.stp_start' });
  });

  test('that calls itself for ever, or is gone, is named', async () => {
    const itself = flowOf([calls('again', 'flw_self')], { id: 'flw_self' });
    const mocks = Array.from({ length: 21 }, (_, depth): FlowMock => {
      const within = Array.from({ length: depth }, () => 'again');
      return { step: 'again', runs: true, ...(depth === 0 ? {} : { within }) };
    });
    const { end } = await outcome({ mocks, expect: { state: 'failed' } }, flowOf([calls('again', 'flw_self')]), [
      itself,
    ]);
    expect(end?.error).toMatchObject({ code: 'flow.too-deep' });
    expect(await complaints({ mocks: [runs] }, main, [])).toEqual(['The flow that "welcome" calls is not there.']);
    // A step that calls no flow cannot run one.
    const only = flowOf([effect('send', 1)]);
    expect(await complaints({ mocks: [{ step: 'send', runs: true }] }, only)).toEqual([
      'The run failed at "send": "send" calls no flow that could run. (flow-test.runs-no-flow) It should succeed.',
    ]);
  });
});
