import { expect, test } from 'vitest';
import type { FlowJournalEntry } from '@fettle/contract';
import { compareRuns, valueChanges } from './compare-runs.ts';

const entry = (path: string, rest: Partial<FlowJournalEntry> = {}): FlowJournalEntry => ({
  path,
  scope: '',
  stepId: path,
  name: path,
  kind: 'action',
  state: 'succeeded',
  attempt: 1,
  startedAt: 1000,
  finishedAt: 1250,
  ...rest,
});

test('steps stand side by side, and the first that is not the same is found', () => {
  const steps = compareRuns(
    [entry('a', { output: 1 }), entry('b', { output: { x: 1, y: [1, 2] } }), entry('c')],
    [entry('a', { output: 1, finishedAt: 9000 }), entry('b', { output: { x: 1, y: [1, 3] } }), entry('d')],
  );
  expect(steps.map(({ path, isSame }) => [path, isSame])).toEqual([
    ['a', true],
    ['b', false],
    ['d', false],
    ['c', false],
  ]);
  expect(steps[1]?.output).toEqual([{ path: 'y/1', one: 2, other: 3 }]);
  expect(steps[2]).toMatchObject({ one: undefined, other: { path: 'd' } });
});

test('a failure differs by its message, and what a loop collects is no step', () => {
  const failed = (message: string) => entry('a', { state: 'failed', error: { code: 'x', message } });
  expect(compareRuns([failed('One')], [failed('One'), entry('a#', { kind: 'result' })])).toMatchObject([
    { isSame: true },
  ]);
  expect(compareRuns([failed('One')], [failed('Two')])[0]?.isSame).toBe(false);
});

test('large values are compared by their hash', () => {
  const large = (hash: string) => entry('a', { omitted: { output: { characters: 70_000, hash } } });
  expect(compareRuns([large('h1')], [large('h1')])[0]?.isSame).toBe(true);
  expect(compareRuns([large('h1')], [large('h2')])[0]?.output).toHaveLength(1);
  expect(compareRuns([large('h1')], [entry('a', { output: 'small' })])[0]?.output).toMatchObject([{ other: 'small' }]);
});

test('differences are told to their place, as many as people can read', () => {
  expect(valueChanges({ a: 1, b: null }, { a: 1, c: 'x' })).toEqual([
    { path: 'b', one: null, other: undefined },
    { path: 'c', one: undefined, other: 'x' },
  ]);
  expect(valueChanges([1, 2], 'text')).toEqual([{ path: '', one: [1, 2], other: 'text' }]);
  const many = Array.from({ length: 1000 }, (_, n) => n);
  expect(
    valueChanges(
      many,
      many.map((n) => n + 1),
    ),
  ).toHaveLength(50);
});
