import { expect, test } from 'vitest';
import { emptyApp, stepLists, type App, type Flow, type FlowStep } from '@fettle/definition';
import { applyCommand } from '@fettle/edit';
import { createCatalog } from '@fettle/sdk';
import { layoutFlow } from '../layout/flow-layout.ts';
import { action, branch, tryStep } from '../test/sample-steps.ts';
import { moveCommand, nudgedPlace, selectionAfter } from './move-steps.ts';

const catalog = createCatalog({ components: [], eventActions: [] });
const flowOf = (steps: readonly FlowStep[]): Flow => ({
  id: 'flw_1',
  name: 'main',
  trigger: { type: 'core/manual', settings: {} },
  steps,
});
const start = flowOf([
  action('a'),
  action('b'),
  branch('choice', [[action('c')]], []),
  action('d'),
  tryStep('attempt', [], []),
]);

function moved(ids: readonly string[], target: Parameters<typeof moveCommand>[2]): Flow {
  const app: App = { ...emptyApp('Sample'), flows: { flw_1: start } };
  const command = moveCommand(start, ids, target);
  if (command === undefined) throw new TypeError('Nothing moves.');
  const applied = applyCommand(app, command, { catalog });
  if (!applied.ok) throw applied.error;
  return applied.value.app.flows['flw_1'] as Flow;
}
const names = (steps: readonly FlowStep[]): readonly string[] => steps.map(({ name }) => name);
const inside = (flow: Flow, name: string, list: string): readonly string[] => {
  const step = flow.steps.find((one) => one.name === name);
  return names((step === undefined ? [] : stepLists(step)).find((one) => one.list === list)?.steps ?? []);
};

test('a step lands exactly where it was dropped, before and behind its old place', () => {
  expect(names(moved(['stp_a'], { list: 'steps', index: 2 }).steps)).toEqual(['b', 'a', 'choice', 'd', 'attempt']);
  expect(names(moved(['stp_d'], { list: 'steps', index: 0 }).steps)).toEqual(['d', 'a', 'b', 'choice', 'attempt']);
  expect(names(moved(['stp_a'], { list: 'steps', index: 5 }).steps).at(-1)).toBe('a');
});

test('several steps go together, in their order, into a lane', () => {
  const flow = moved(['stp_d', 'stp_a'], { step: 'stp_choice', list: 'br_choice0', index: 1 });
  expect(inside(flow, 'choice', 'br_choice0')).toEqual(['c', 'a', 'd']);
  expect(names(flow.steps)).toEqual(['b', 'choice', 'attempt']);
  expect(names(moved(['stp_a', 'stp_d'], { list: 'steps', index: 3 }).steps)).toEqual([
    'b',
    'choice',
    'a',
    'd',
    'attempt',
  ]);
});

test('a nudge goes to the next place, into lanes and out of them', () => {
  const { places } = layoutFlow(start);
  expect(nudgedPlace(start, places, 'stp_b', 1)).toEqual({ step: 'stp_choice', list: 'br_choice0', index: 0 });
  expect(nudgedPlace(start, places, 'stp_c', -1)).toEqual({ list: 'steps', index: 2 });
  expect(nudgedPlace(start, places, 'stp_a', -1)).toBeUndefined();
});

test('what comes next is selected after steps went away', () => {
  expect(selectionAfter(start, ['stp_a', 'stp_b'])).toBe('stp_choice');
  expect(selectionAfter(start, ['stp_attempt'])).toBe('stp_d');
  expect(selectionAfter(start, ['stp_c'])).toBe('stp_choice');
});
