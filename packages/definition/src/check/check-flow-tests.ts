import { parseTemplate } from '@fettle/expression';
import type { App } from '../app.ts';
import { allSteps } from '../flow/step-scopes.ts';
import type { FlowTest } from '../kinds/flow-test.ts';
import { walkTexts } from '../walk-settings.ts';
import type { AppProblem } from './app-problem.ts';

/** What keeps tests of flows from saying anything. Warnings: an app works without its tests. */
export function flowTestProblems(app: App): readonly AppProblem[] {
  return Object.values(app.flowTests).flatMap((test) => [
    ...missingSteps(app, test),
    ...brokenExpressions(test),
    ...unreadableClock(test),
  ]);
}

function place(test: FlowTest, path: string) {
  return { flow: test.flow, flowTest: test.id, path: `/flowTests/${test.id}${path}` } as const;
}

/** Steps that the test names and its flow does not have. */
function missingSteps(app: App, test: FlowTest): readonly AppProblem[] {
  const flow = app.flows[test.flow];
  // That the flow is gone is said once, by its reference.
  if (flow === undefined) return [];
  const names = new Set(allSteps(flow.steps).map(({ name }) => name));
  const { expect } = test;
  const named = [
    ...(test.mocks ?? []).map(({ step }, index) => ({ step, path: `/mocks/${index}/step` })),
    ...(expect.steps ?? []).map(({ step }, index) => ({ step, path: `/expect/steps/${index}/step` })),
    ...(expect.order ?? []).map((step, index) => ({ step, path: `/expect/order/${index}` })),
    ...(expect.never ?? []).map((step, index) => ({ step, path: `/expect/never/${index}` })),
    ...(expect.error?.step === undefined ? [] : [{ step: expect.error.step, path: '/expect/error/step' }]),
  ];
  return named
    .filter(({ step }) => !names.has(step))
    .map(({ step, path }) => ({
      severity: 'warning',
      code: 'flow-test.step-missing',
      ...place(test, path),
      message: `The test "${test.name}" names a step "${step}" that its flow does not have.`,
      hint: 'Name another step, or take it out of the test.',
    }));
}

/** Expressions that cannot be read. */
function brokenExpressions(test: FlowTest): readonly AppProblem[] {
  const problems: AppProblem[] = [];
  walkTexts(test.expect, '/expect', (text, path) => {
    if (!/\/that(?:\/\d+)?$/.test(path) || /\/(?:equals|includes)\//.test(path)) return;
    const template = parseTemplate(text.includes('{{') ? text : `{{ ${text} }}`);
    if (template.ok) return;
    problems.push({
      severity: 'warning',
      code: 'flow-test.expression',
      ...place(test, path),
      message: `In the test "${test.name}": ${template.error[0]?.message ?? 'This expression cannot be read.'}`,
      hint: 'Correct the expression.',
    });
  });
  return problems;
}

function unreadableClock(test: FlowTest): readonly AppProblem[] {
  if (test.clock === undefined || Number.isFinite(Date.parse(test.clock))) return [];
  return [
    {
      severity: 'warning',
      code: 'flow-test.clock',
      ...place(test, '/clock'),
      message: `In the test "${test.name}", "${test.clock}" is not a time.`,
      hint: 'Write a time such as 2030-01-31T09:00:00Z.',
    },
  ];
}
