import { expect, test } from 'vitest';
import { action, branch } from '../test/sample-steps.ts';
import { addLane, changeLanes, laneHeads } from './lanes.ts';

const choice = branch('choice', [[action('a')], [action('b')]], []);
const heads = laneHeads(choice);

test('the form of lanes shows them without the steps in them', () => {
  expect(heads).toEqual([
    { id: 'br_choice0', condition: '{{ true }}' },
    { id: 'br_choice1', condition: '{{ true }}' },
  ]);
});

test('a change of one lane touches that lane alone, and typing in it is one step to undo', () => {
  const edit = changeLanes('flw_1', choice, [heads[0], { ...heads[1], condition: '{{ false }}' }] as never);
  expect(edit?.command).toEqual({
    type: 'step.update',
    flow: 'flw_1',
    step: 'stp_choice',
    branch: 'br_choice1',
    changes: { condition: '{{ false }}' },
  });
  expect(edit?.mergeKey).toBe('lane:br_choice1:condition');
  expect(changeLanes('flw_1', choice, heads)).toBeUndefined();
});

test('lanes that move keep their steps, new ones are empty, and what is written away is taken away', () => {
  const moved = changeLanes('flw_1', choice, [heads[1], { id: 'item_new' }, heads[0]] as never);
  expect(moved?.command).toMatchObject({
    changes: {
      branches: [
        { id: 'br_choice1', steps: [{ name: 'b' }] },
        { id: 'item_new', condition: '', steps: [] },
        { id: 'br_choice0', steps: [{ name: 'a' }] },
      ],
    },
  });
  const named = { ...choice, branches: [{ id: 'br_x', name: 'Large', condition: '', steps: [] }] } as typeof choice;
  expect(changeLanes('flw_1', named, [{ id: 'br_x', condition: '' }])?.command).toMatchObject({
    changes: { name: null },
  });
});

test('one more way is added at the end', () => {
  const flow = { id: 'flw_1', name: 'main', trigger: { type: 'x', settings: {} }, steps: [choice, action('z')] };
  expect(addLane(flow, 'stp_choice', 'br_new')).toMatchObject({
    changes: { branches: [{}, {}, { id: 'br_new', condition: '', steps: [] }] },
  });
  expect(addLane(flow, 'stp_z', 'br_new')).toBeUndefined();
});
