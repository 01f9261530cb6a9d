import { expect, test } from 'vitest';
import type { FlowJournalEntry } from '@fettle/contract';
import { barsOf, outputsOf, placeOf, stepRuns } from './step-run.ts';
import { durationText } from '../../../shell/duration-text.ts';

const entry = (stepId: string, rest: Partial<FlowJournalEntry> = {}): FlowJournalEntry => ({
  path: stepId,
  scope: '',
  stepId,
  name: stepId.replace('stp_', ''),
  kind: 'action',
  state: 'succeeded',
  attempt: 1,
  startedAt: 1000,
  finishedAt: 1250,
  ...rest,
});

test('turns of a loop are told together: what is under way first, then what failed', () => {
  const runs = stepRuns([
    entry('stp_a'),
    entry('stp_a', { state: 'failed', error: { code: 'x', message: 'Broken' }, attempt: 3, finishedAt: 1500 }),
    entry('stp_a', { finishedAt: 1100 }),
    entry('stp_b', { state: 'started' }),
    entry('stp_b'),
    entry('stp_c', { kind: 'result' }),
  ]);
  expect(runs.get('stp_a')).toEqual({ state: 'failed', count: 3, durationMs: 850, message: 'Broken', attempts: 3 });
  expect(runs.get('stp_b')?.state).toBe('started');
  expect(runs.has('stp_c')).toBe(false);
});

test('outputs are those of steps that are over, the last turn last', () => {
  expect(
    outputsOf([
      entry('stp_a', { output: 1 }),
      entry('stp_a', { output: 2 }),
      entry('stp_b', { output: 3, state: 'started' }),
      entry('stp_c', { output: null, state: 'previewed' }),
    ]),
  ).toEqual({ a: 2, c: null });
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [3400, '3.4 s'],
  [42_000, '42 s'],
  [125_000, '2 min 5 s'],
  [12_000_000, '3 h 20 min'],
  [260_000_000, '3 d 0 h'],
])('%i ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));

test('each attempt of a step is a bar of its own', () => {
  const span = { start: 1000, end: 2000 };
  const error = { code: 'x', message: 'No' };
  const tries = [{ attempt: 1, startedAt: 1000, finishedAt: 1100, error }];
  expect(barsOf(entry('stp_a', { tries, attempt: 2, finishedAt: 2000 }), span)).toEqual([
    { state: 'failed', from: 0, width: 10 },
    { state: 'succeeded', from: 10, width: 90 },
  ]);
  expect(barsOf(entry('stp_a', { tries, state: 'failed', finishedAt: 1100 }), span)).toHaveLength(1);
  expect(barsOf(entry('stp_a', { finishedAt: 1500 }), span)).toEqual([{ state: 'succeeded', from: 0, width: 50 }]);
});

test('a path leads to a step and its turn', () => {
  expect(placeOf('stp_a')).toEqual({ step: 'stp_a', turn: undefined });
  expect(placeOf('stp_l#2/stp_m#10/stp_a')).toEqual({ step: 'stp_a', turn: 10 });
});
