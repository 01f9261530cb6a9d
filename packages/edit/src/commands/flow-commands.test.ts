import { expect, test } from 'vitest';
import type { App, Flow } from '@fettle/definition';
import { appWith, sampleCatalog } from '../../test/sample.ts';
import { applyCommand, rebase, type Command } from '../index.ts';

const action = (name: string, message = '') => ({
  id: `stp_${name}`,
  name,
  kind: 'action' as const,
  type: 'core/log',
  settings: { message },
});
const flow: Flow = {
  id: 'flw_1',
  name: 'main',
  trigger: { type: 'core/manual', settings: {} },
  steps: [
    action('read'),
    {
      id: 'stp_try',
      name: 'attempt',
      kind: 'try',
      steps: [action('send', 'Row {{ steps.read.output.id }} of {{ trigger.read }}, {{ run.links.read }}')],
    },
  ],
};
const start: App = { ...appWith({}), flows: { flw_1: flow } };

function apply(app: App, command: Command) {
  const applied = applyCommand(app, command, { catalog: sampleCatalog });
  if (!applied.ok) return applied.error.code;
  const undone = applyCommand(applied.value.app, applied.value.inverse, { catalog: sampleCatalog });
  expect(undone.ok && undone.value.app).toEqual(app);
  return applied.value.app.flows['flw_1'];
}

test('a renamed step is named so by every expression of its flow, and by no other text', () => {
  expect(apply(start, { type: 'step.rename', flow: 'flw_1', step: 'stp_read', name: 'find' })).toMatchObject({
    steps: [
      { name: 'find' },
      {
        steps: [
          { settings: { message: 'Row {{ steps.find.output.id }} of {{ trigger.read }}, {{ run.links.find }}' } },
        ],
      },
    ],
  });
  expect(apply(start, { type: 'step.rename', flow: 'flw_1', step: 'stp_read', name: 'send' })).not.toMatchObject({
    id: 'flw_1',
  });
});

test('steps are added to lists that a step may have, also when it has none yet', () => {
  const add = (to: { step?: string; list: string }) =>
    apply(start, { type: 'step.add', flow: 'flw_1', to, index: 0, step: action('new') });
  expect(add({ step: 'stp_try', list: 'catch' })).toMatchObject({ steps: [{}, { catch: [{ name: 'new' }] }] });
  expect(add({ list: 'steps' })).toMatchObject({ steps: [{ name: 'new' }, { name: 'read' }, {}] });
  expect(add({ step: 'stp_read', list: 'steps' })).toBe('edit.missing');
  expect(add({ step: 'stp_try', list: 'otherwise' })).toBe('edit.missing');
});

test('a step moves with what is inside it, and never into itself', () => {
  expect(
    apply(start, {
      type: 'step.move',
      flow: 'flw_1',
      step: 'stp_read',
      to: { step: 'stp_try', list: 'steps' },
      index: 1,
    }),
  ).toMatchObject({
    steps: [{ name: 'attempt', steps: [{ name: 'send' }, { name: 'read' }] }],
  });
  expect(
    apply(start, {
      type: 'step.move',
      flow: 'flw_1',
      step: 'stp_try',
      to: { step: 'stp_try', list: 'catch' },
      index: 0,
    }),
  ).toBe('step.into-itself');
});

test('ids, names and inner steps are not changed behind the back of the commands that keep them right', () => {
  const update = (changes: Record<string, unknown>) =>
    apply(start, { type: 'step.update', flow: 'flw_1', step: 'stp_try', changes });
  expect(update({ name: 'other' })).toBe('step.reserved');
  expect(update({ steps: [] })).toBe('step.reserved');
  expect(update({ description: 'Tries', disabled: true })).toMatchObject({
    steps: [{}, { description: 'Tries', disabled: true }],
  });
  expect(update({ nonsense: 1 })).not.toMatchObject({ id: 'flw_1' });
});

test('lists that a step may have or not are opened and taken away, and branches change one by one', () => {
  const branch = {
    id: 'stp_choice',
    name: 'choice',
    kind: 'branch' as const,
    branches: [{ id: 'br_1', condition: '', steps: [action('inner')] }],
  };
  const app = { ...start, flows: { flw_1: { ...flow, steps: [...flow.steps, branch] } } };
  const update = (step: string, changes: Record<string, unknown>, id?: string) =>
    apply(app, {
      type: 'step.update',
      flow: 'flw_1',
      step,
      ...(id === undefined ? {} : { branch: id }),
      changes,
    } as Command);
  expect(update('stp_try', { catch: [] })).toMatchObject({ steps: [{}, { catch: [] }, {}] });
  expect(update('stp_try', { catch: [action('new')] })).toBe('step.reserved');
  expect(update('stp_choice', { condition: '{{ true }}', name: 'Large' }, 'br_1')).toMatchObject({
    steps: [{}, {}, { branches: [{ name: 'Large', condition: '{{ true }}', steps: [{ name: 'inner' }] }] }],
  });
  expect(update('stp_choice', { steps: [] }, 'br_1')).toBe('step.reserved');
  expect(update('stp_choice', { condition: '' }, 'br_9')).toBe('edit.missing');
});

test('changes of different steps go together, a change and a move do not', () => {
  const update = (step: string): Command => ({ type: 'step.update', flow: 'flw_1', step, changes: { disabled: true } });
  expect(rebase(update('stp_read'), [update('stp_send')]).clean).toBe(true);
  expect(rebase(update('stp_read'), [update('stp_read')]).clean).toBe(false);
  expect(rebase(update('stp_read'), [{ type: 'step.remove', flow: 'flw_1', step: 'stp_send' }]).clean).toBe(false);
  expect(rebase(update('stp_read'), [{ type: 'flow.update', flow: 'flw_1', changes: { disabled: true } }]).clean).toBe(
    true,
  );
});
