import type { FlowTest } from '@fettle/definition';
import { renameStepsIn } from './rename-steps.ts';

/** A test with a step of its flow under another name: in mocks, expectations and expressions. Undefined: it does not name it. */
export function renameStepInTest(test: FlowTest, from: string, to: string): FlowTest | undefined {
  const named = (name: string): string => (name === from ? to : name);
  const { mocks, expect } = test;
  const { error, order, steps, never, that, output } = expect;
  const names = new Map([[from, to]]);
  // Values of tests are data; only what is written to be true is an expression, with or without braces.
  const expression = (text: string): string => {
    if (text.includes('{{')) return renameStepsIn(text, names);
    const renamed = renameStepsIn(`{{ ${text} }}`, names);
    return renamed === `{{ ${text} }}` ? text : renamed;
  };
  const expected = <T extends object>(value: T): T =>
    'that' in value && typeof value.that === 'string' ? { ...value, that: expression(value.that) } : value;
  const renamed: FlowTest = {
    ...test,
    ...(mocks === undefined ? {} : { mocks: mocks.map((mock) => ({ ...mock, step: named(mock.step) })) }),
    expect: {
      ...expect,
      ...(error?.step === undefined ? {} : { error: { ...error, step: named(error.step) } }),
      ...(output === undefined ? {} : { output: expected(output) }),
      ...(order === undefined ? {} : { order: order.map(named) }),
      ...(steps === undefined
        ? {}
        : {
            steps: steps.map((step) => ({
              ...step,
              step: named(step.step),
              ...(step.input === undefined ? {} : { input: expected(step.input) }),
              ...(step.output === undefined ? {} : { output: expected(step.output) }),
            })),
          }),
      ...(never === undefined ? {} : { never: never.map(named) }),
      ...(that === undefined ? {} : { that: that.map(expression) }),
    },
  };
  return JSON.stringify(renamed) === JSON.stringify(test) ? undefined : renamed;
}
