import { expect, test } from 'vitest';
import type { Flow, FlowTest } from '@fettle/definition';
import { copyTest, newTest } from './new-test.ts';
import { stateOfTest, type KnownResult } from './test-results.ts';

const flow: Flow = { id: 'flw_1', name: 'main', trigger: { type: 'core/manual', settings: {} }, steps: [] };
const one: FlowTest = { id: 'tst_1', name: 'one', flow: 'flw_1', trigger: {}, expect: { state: 'succeeded' } };
const known = (hasPassed: boolean): KnownResult => ({
  outcome: { test: 'tst_1', name: 'one', flow: 'flw_1', hasPassed, differences: [], durationMs: 1 },
  test: one,
  flows: { flw_1: flow },
});

test('a result holds until its test or its flow is another', () => {
  expect(stateOfTest(one, { flw_1: flow }, undefined)).toBe('unknown');
  expect(stateOfTest({ ...one, disabled: true }, { flw_1: flow }, undefined)).toBe('disabled');
  expect(stateOfTest(one, { flw_1: flow }, known(true))).toBe('passed');
  expect(stateOfTest({ ...one, name: 'other', disabled: true }, { flw_1: flow }, known(false))).toBe('failed');
  expect(stateOfTest({ ...one, mocks: [] }, { flw_1: flow }, known(true))).toBe('old');
  expect(stateOfTest(one, { flw_1: { ...flow, steps: [] } }, known(true))).toBe('old');
  expect(stateOfTest(one, { flw_1: { ...flow, description: 'Says more' } }, known(true))).toBe('passed');
});

test('a result holds until a flow that the test really calls is another', () => {
  const call: Flow = { ...flow, steps: [{ id: 's', name: 'call', kind: 'subFlow', mode: 'call', flow: 'flw_2' }] };
  const flows = { flw_1: call, flw_2: { ...flow, id: 'flw_2' } };
  const edited = { ...flows, flw_2: { ...flow, id: 'flw_2', steps: [] } };
  const calls: FlowTest = { ...one, mocks: [{ step: 'call', runs: true }] };
  const state = (of: FlowTest, now: typeof flows) => stateOfTest(of, now, { ...known(true), test: of, flows });
  expect([state(calls, flows), state(calls, edited), state(one, edited)]).toEqual(['passed', 'old', 'passed']);
});

test('new tests and copies have names that no other has', () => {
  const app = { flowTests: { tst_1: { ...one, name: 'mainTest' } } };
  expect(newTest(app, flow, { a: 1 })).toMatchObject({ name: 'mainTest2', flow: 'flw_1', trigger: { a: 1 } });
  const copy = copyTest(app, app.flowTests.tst_1);
  expect([copy.name, copy.id === 'tst_1', copy.expect]).toEqual(['mainTest2', false, { state: 'succeeded' }]);
});
