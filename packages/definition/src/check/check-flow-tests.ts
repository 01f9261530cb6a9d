import { checkTemplate, parseTemplate, type KnownNames, type LibraryDefinitions } from '@fettle/expression';
import type { App } from '../app.ts';
import { flowWithin, testedFlows } from '../flow/flow-within.ts';
import { allSteps } from '../flow/step-scopes.ts';
import type { FlowTest } from '../kinds/flow-test.ts';
import { walkTexts } from '../walk-settings.ts';
import type { AppProblem } from './app-problem.ts';

/** What keeps tests of flows from saying anything. Warnings: an app works without its tests. */
export function flowTestProblems(app: App, functions?: LibraryDefinitions): readonly AppProblem[] {
  return Object.values(app.flowTests).flatMap((test) => [
    ...missingSteps(app, test),
    ...brokenExpressions(app, test, functions),
    ...unreadableClock(test),
  ]);
}

function place(test: FlowTest, path: string) {
  return { flow: test.flow, flowTest: test.id, path: `/flowTests/${test.id}${path}` } as const;
}

/** Steps that the test names and that are not there, or never come to pass. */
function missingSteps(app: App, test: FlowTest): readonly AppProblem[] {
  const flow = app.flows[test.flow];
  // That the flow is gone is said once, by its reference.
  if (flow === undefined) return [];
  const { expect } = test;
  const run = new Set(testedFlows(app.flows, test).map(({ within }) => within.join('/')));
  const named: readonly Named[] = [
    ...(test.mocks ?? []).map((mock, index) => ({ ...mock, path: `/mocks/${index}/step` })),
    ...(expect.steps ?? []).map((step, index) => ({ ...step, path: `/expect/steps/${index}/step` })),
    ...(expect.order ?? []).map((step, index) => ({ step, path: `/expect/order/${index}` })),
    ...(expect.never ?? []).map((step, index) => ({ step, path: `/expect/never/${index}` })),
    // An error may name a step of a flow that was called.
    ...(expect.error?.step === undefined || run.size > 1
      ? []
      : [{ step: expect.error.step, path: '/expect/error/step' }]),
  ];
  return named.flatMap((one): readonly AppProblem[] => {
    const { step, within = [], runs, path } = one;
    const found = allSteps(flowWithin(app.flows, test.flow, within)?.steps ?? []).find(({ name }) => name === step);
    const problem = (code: string, message: string, hint: string): readonly AppProblem[] => [
      { severity: 'warning', code, ...place(test, path), message: `The test "${test.name}" ${message}`, hint },
    ];
    if (found === undefined) {
      const whose = within.length === 0 ? 'its flow' : `the flow that "${within.at(-1) ?? ''}" calls`;
      return problem(
        'flow-test.step-missing',
        `names a step "${step}" that ${whose} does not have.`,
        'Name another step, or take it out of the test.',
      );
    }
    if (runs === true && found.kind !== 'subFlow')
      return problem(
        'flow-test.runs-no-flow',
        `lets "${step}" run for real, and that calls no flow.`,
        'Give its mock an output or an error.',
      );
    if (!run.has(within.join('/')))
      return problem(
        'flow-test.not-run',
        `says something of "${step}" in a flow that it does not run.`,
        `Let "${within.at(-1) ?? ''}" run for real, or take this out of the test.`,
      );
    return [];
  });
}

interface Named {
  readonly step: string;
  readonly path: string;
  readonly within?: readonly string[];
  readonly runs?: true;
}

/** Expressions that cannot be read, or name what there is not. */
function brokenExpressions(app: App, test: FlowTest, functions: LibraryDefinitions | undefined): readonly AppProblem[] {
  const problems: AppProblem[] = [];
  const known = namesOf(app, test);
  walkTexts(test.expect, '/expect', (text, path) => {
    if (!/\/that(?:\/\d+)?$/.test(path) || /\/(?:equals|includes)\//.test(path)) return;
    const template = parseTemplate(text.includes('{{') ? text : `{{ ${text} }}`);
    // What a whole test expects speaks of the run; what it expects of a value, of that as well.
    const names = path.startsWith('/expect/that/') ? known : { ...known, value: true as const };
    for (const problem of template.ok ? checkTemplate(template.value, names, functions) : template.error.slice(0, 1)) {
      problems.push({
        severity: 'warning',
        code: 'flow-test.expression',
        ...place(test, path),
        message: `In the test "${test.name}": ${problem.message}`,
        hint: problem.hint ?? 'Correct the expression.',
      });
    }
  });
  return problems;
}

/** What expressions of a test see: what started the run, what came of it, and its steps. */
function namesOf(app: App, test: FlowTest): KnownNames {
  const steps = allSteps(app.flows[test.flow]?.steps ?? []).map(({ name }) => [name, stepMembers] as const);
  return {
    trigger: true,
    user: true,
    env: true,
    vars: true,
    output: true,
    error: true,
    // That the flow is gone is said once, by its reference.
    steps: app.flows[test.flow] === undefined ? true : Object.fromEntries(steps),
  };
}

const stepMembers = { input: true, output: true, state: true, error: true } as const;

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
