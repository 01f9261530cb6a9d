import { expect, test } from 'vitest';
import type { Flow, FlowTest } from '@fettle/definition';
import { copyTest, newTest } from './new-test.ts';
import { stateOfTest, type KnownResult } from './test-results.ts';

const flow: Flow = { id: 'flw_1', name: 'main', trigger: { type: 'core/manual', settings: {} }, steps: [] };
const one: FlowTest = { id: 'tst_1', name: 'one', flow: 'flw_1', trigger: {}, expect: { state: 'succeeded' } };
const known = (hasPassed: boolean): KnownResult => ({
  outcome: { test: 'tst_1', name: 'one', flow: 'flw_1', hasPassed, differences: [], durationMs: 1 },
  test: one,
  flow,
});

test('a result holds until its test or its flow is another', () => {
  expect(stateOfTest(one, flow, undefined)).toBe('unknown');
  expect(stateOfTest({ ...one, disabled: true }, flow, undefined)).toBe('disabled');
  expect(stateOfTest(one, flow, known(true))).toBe('passed');
  expect(stateOfTest({ ...one, name: 'other', disabled: true }, flow, known(false))).toBe('failed');
  expect(stateOfTest({ ...one, mocks: [] }, flow, known(true))).toBe('old');
  expect(stateOfTest(one, { ...flow, steps: [] }, known(true))).toBe('old');
  expect(stateOfTest(one, { ...flow, description: 'Says more' }, known(true))).toBe('passed');
});

test('new tests and copies have names that no other has', () => {
  const app = { flowTests: { tst_1: { ...one, name: 'mainTest' } } };
  expect(newTest(app, flow, { a: 1 })).toMatchObject({ name: 'mainTest2', flow: 'flw_1', trigger: { a: 1 } });
  const copy = copyTest(app, app.flowTests.tst_1);
  expect([copy.name, copy.id === 'tst_1', copy.expect]).toEqual(['mainTest2', false, { state: 'succeeded' }]);
});
