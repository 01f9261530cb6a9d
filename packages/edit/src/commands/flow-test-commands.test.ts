import { expect, test } from 'vitest';
import type { App, FlowTest } from '@fettle/definition';
import { appWith, sampleCatalog } from '../../test/sample.ts';
import { applyCommand, rebase, type Command } from '../index.ts';

const step = (name: string) => ({
  id: `stp_${name}`,
  name,
  kind: 'action' as const,
  type: 'core/log',
  settings: { message: '' },
});
const flow = (id: string, name: string) => ({
  id,
  name,
  trigger: { type: 'core/manual', settings: {} },
  steps: [step('read'), step('send')],
});
const grants: FlowTest = {
  id: 'tst_1',
  name: 'grants',
  flow: 'flw_1',
  mocks: [{ step: 'read', output: { text: '{{ steps.read.output }}' } }],
  expect: {
    state: 'failed',
    error: { step: 'read' },
    order: ['read', 'send'],
    never: ['read'],
    output: { that: 'value == steps.read.output' },
    steps: [{ step: 'read', output: { equals: 'read' }, input: { that: '{{ steps.read.state }}' } }],
    that: ['steps.read.output.text != "steps.read"', 'trigger.read'],
  },
};
const start: App = {
  ...appWith({}),
  flows: { flw_1: flow('flw_1', 'one'), flw_2: flow('flw_2', 'two') },
  flowTests: { tst_1: grants, tst_2: { ...grants, id: 'tst_2', name: 'other', flow: 'flw_2' } },
};

function apply(command: Command): App | string {
  const applied = applyCommand(start, command, { catalog: sampleCatalog });
  if (!applied.ok) return applied.error.code;
  const undone = applyCommand(applied.value.app, applied.value.inverse, { catalog: sampleCatalog });
  expect(undone.ok && undone.value.app).toEqual(start);
  return applied.value.app;
}

test('tests are added, renamed, changed and removed, and all of it can be undone', () => {
  expect(apply({ type: 'flowTest.add', test: { ...grants, id: 'tst_3', name: 'third' } })).toMatchObject({
    flowTests: { tst_3: { name: 'third' } },
  });
  expect(apply({ type: 'flowTest.rename', test: 'tst_1', name: 'first' })).toMatchObject({
    flowTests: { tst_1: { name: 'first' } },
  });
  expect(
    apply({ type: 'flowTest.update', test: 'tst_1', changes: { mocks: null, clock: '2030-01-01T00:00:00Z' } }),
  ).toMatchObject({ flowTests: { tst_1: { clock: '2030-01-01T00:00:00Z' } } });
  expect(Object.keys((apply({ type: 'flowTest.remove', test: 'tst_1' }) as App).flowTests)).toEqual(['tst_2']);
});

test.each<[string, Command]>([
  ['flow-test.id-taken', { type: 'flowTest.add', test: { ...grants, name: 'third' } }],
  ['name.taken', { type: 'flowTest.add', test: { ...grants, id: 'tst_3', name: 'GRANTS' } }],
  ['name.taken', { type: 'flowTest.rename', test: 'tst_1', name: 'other' }],
  ['edit.missing', { type: 'flowTest.add', test: { ...grants, id: 'tst_3', name: 'third', flow: 'flw_9' } }],
  ['edit.missing', { type: 'flowTest.remove', test: 'tst_9' }],
  ['flow-test.mock', { type: 'flowTest.update', test: 'tst_1', changes: { mocks: [{ step: 'read' }] } }],
])('refused with %s', (code, command) => {
  expect(apply(command)).toBe(code);
});

test('a flow goes with its tests', () => {
  const after = apply({ type: 'flow.remove', flow: 'flw_1' }) as App;
  expect(Object.keys(after.flowTests)).toEqual(['tst_2']);
});

test('a renamed step is named so by the tests of its flow, but not by the values in them', () => {
  const after = apply({ type: 'step.rename', flow: 'flw_1', step: 'stp_read', name: 'find' }) as App;
  expect(after.flowTests['tst_2']).toBe(start.flowTests['tst_2']);
  expect(after.flowTests['tst_1']).toEqual({
    ...grants,
    mocks: [{ step: 'find', output: { text: '{{ steps.read.output }}' } }],
    expect: {
      state: 'failed',
      error: { step: 'find' },
      order: ['find', 'send'],
      never: ['find'],
      output: { that: '{{ value == steps.find.output }}' },
      steps: [{ step: 'find', output: { equals: 'read' }, input: { that: '{{ steps.find.state }}' } }],
      that: ['{{ steps.find.output.text != "steps.read" }}', 'trigger.read'],
    },
  });
});

test('edits of different tests go together; a test and its removed flow do not', () => {
  const update = (id: string): Command => ({ type: 'flowTest.update', test: id, changes: { disabled: true } });
  expect(rebase(update('tst_1'), [update('tst_2')], start).clean).toBe(true);
  expect(rebase(update('tst_1'), [{ type: 'flowTest.remove', test: 'tst_1' }], start).clean).toBe(false);
  expect(rebase(update('tst_1'), [{ type: 'flow.remove', flow: 'flw_1' }], start).clean).toBe(false);
});

test('a renamed step is named so by tests that play its flow because a step calls it', () => {
  const calls = { id: 'stp_call', name: 'call', kind: 'subFlow' as const, flow: 'flw_2', mode: 'call' as const };
  const within = ['call'];
  const test: FlowTest = {
    id: 'tst_1',
    name: 'calls',
    flow: 'flw_1',
    mocks: [
      { step: 'call', runs: true },
      { step: 'read', within, output: 1 },
      { step: 'read', output: 2 },
    ],
    expect: { state: 'succeeded', order: ['read'], steps: [{ step: 'read', within, times: 1 }] },
  };
  const app: App = {
    ...start,
    flows: { ...start.flows, flw_1: { ...flow('flw_1', 'one'), steps: [step('read'), calls] } },
    flowTests: { tst_1: test },
  };
  const rename = (command: Command): FlowTest | undefined => {
    const applied = applyCommand(app, command, { catalog: sampleCatalog });
    return applied.ok ? applied.value.app.flowTests['tst_1'] : undefined;
  };
  expect(rename({ type: 'step.rename', flow: 'flw_2', step: 'stp_read', name: 'find' })).toEqual({
    ...test,
    mocks: [test.mocks?.[0], { step: 'find', within, output: 1 }, test.mocks?.[2]],
    expect: { ...test.expect, steps: [{ step: 'find', within, times: 1 }] },
  });
  expect(rename({ type: 'step.rename', flow: 'flw_1', step: 'stp_call', name: 'ask' })).toEqual({
    ...test,
    mocks: [{ step: 'ask', runs: true }, { step: 'read', within: ['ask'], output: 1 }, test.mocks?.[2]],
    expect: { ...test.expect, steps: [{ step: 'read', within: ['ask'], times: 1 }] },
  });
});
