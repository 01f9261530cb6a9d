import { flowWithin, type App, type FlowTest } from '@fettle/definition';
import { renameStepsIn } from './rename-steps.ts';

/**
 * A test with a step of a flow under another name: in mocks, expectations and expressions, also where the test runs that
 * flow because a step calls it. Undefined: it does not name it.
 */
export function renameStepInTest(
  test: FlowTest,
  flows: App['flows'],
  { flow, from, to }: { readonly flow: string; readonly from: string; readonly to: string },
): FlowTest | undefined {
  if (test.flow === flow) return changed(test, renameOwn(placed(test, flows, { flow, from, to }), from, to));
  return changed(test, placed(test, flows, { flow, from, to }));
}

function changed(before: FlowTest, after: FlowTest): FlowTest | undefined {
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}

/** The test with what says where its steps are: what else it names is of its own flow. */
function placed(
  test: FlowTest,
  flows: App['flows'],
  { flow, from, to }: { readonly flow: string; readonly from: string; readonly to: string },
): FlowTest {
  const rename = <T extends { readonly step: string; readonly within?: string[] }>(one: T): T => {
    const { within = [], step } = one;
    const names = [...within, step].map((name, index, all) =>
      name === from && flowWithin(flows, test.flow, all.slice(0, index))?.id === flow ? to : name,
    );
    const renamed = { ...one, step: names.at(-1) ?? step };
    return within.length === 0 ? renamed : { ...renamed, within: names.slice(0, -1) };
  };
  const { mocks, expect } = test;
  return {
    ...test,
    ...(mocks === undefined ? {} : { mocks: mocks.map(rename) }),
    expect: { ...expect, ...(expect.steps === undefined ? {} : { steps: expect.steps.map(rename) }) },
  };
}

/** The test with what it says of its own flow without a place: order, errors and expressions. */
function renameOwn(test: FlowTest, from: string, to: string): FlowTest {
  const named = (name: string): string => (name === from ? to : name);
  const { expect } = test;
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
  return {
    ...test,
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
              ...(step.input === undefined ? {} : { input: expected(step.input) }),
              ...(step.output === undefined ? {} : { output: expected(step.output) }),
            })),
          }),
      ...(never === undefined ? {} : { never: never.map(named) }),
      ...(that === undefined ? {} : { that: that.map(expression) }),
    },
  };
}
