import { expect, test } from 'vitest';
import type { FlowJournalEntry } from '@fettle/contract';
import { durationText, outputsOf, stepRuns } from './step-run.ts';

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
