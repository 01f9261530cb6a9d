import { expect, test } from 'vitest';
import { action, branch, forEach, tryStep } from '../test/sample-steps.ts';
import { flatStops, stopsOf, walk, type WalkKey } from './walk.ts';

const steps = [
  action('first'),
  branch('choice', [[action('a'), action('b')], [action('c')]], []),
  tryStep('attempt', [forEach('loop', [])], [action('rescue')], [action('tidy')]),
  action('last'),
];
const stops = stopsOf({ steps }, new Set());
const path = (from: string, ...keys: readonly WalkKey[]): readonly (string | undefined)[] => {
  let at: string | undefined = from;
  return keys.map((key) => (at = walk(stops, at, key) ?? at));
};

test('down and up follow the flow, into the first lane and out of it', () => {
  expect(path('trigger', ...Array<WalkKey>(9).fill('ArrowDown'))).toEqual([
    'stp_first',
    'stp_choice',
    'stp_a',
    'stp_b',
    'stp_attempt',
    'stp_loop',
    'stp_loop/steps:0',
    'stp_tidy',
    'stp_last',
  ]);
  expect(path('stp_last', ...Array<WalkKey>(4).fill('ArrowUp'))).toEqual(['stp_tidy', 'stp_attempt', 'stp_b', 'stp_a']);
});

test('left and right go among lanes, also to one that is empty', () => {
  expect(path('stp_b', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')).toEqual([
    'stp_c',
    'stp_choice/otherwise:0',
    'stp_c',
    'stp_a',
    'stp_choice',
  ]);
  expect(path('stp_loop', 'ArrowRight', 'ArrowDown')).toEqual(['stp_rescue', 'stp_tidy']);
});

test('Escape goes to the step around, Home and End to the ends', () => {
  expect(path('stp_loop/steps:0', 'Escape', 'Escape', 'Escape')).toEqual(['stp_loop', 'stp_attempt', 'stp_attempt']);
  expect(path('stp_c', 'Home', 'End')).toEqual(['trigger', 'stp_last']);
});

test('every stop can be reached by walking, and a folded container is one stop', () => {
  const reached = new Set(['trigger']);
  const queue = ['trigger'];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'] as const) {
      const next = walk(stops, id, key);
      if (next === undefined || reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  expect([...reached].toSorted()).toEqual(
    flatStops(stops)
      .map(({ id }) => id)
      .toSorted(),
  );
  const folded = stopsOf({ steps }, new Set(['stp_choice']));
  expect(walk(folded, 'stp_choice', 'ArrowDown')).toBe('stp_attempt');
});
