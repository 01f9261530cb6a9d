import type { App } from '../app.ts';
import { checkInvariants } from '../invariants/check-invariants.ts';
import { findReferences } from '../references/find-references.ts';
import type { AppProblem } from './app-problem.ts';
import { flowProblems } from './check-flow.ts';
import { flowInputProblems } from './flow-inputs.ts';
import { flowTestProblems } from './check-flow-tests.ts';
import { queryProblems } from './check-queries.ts';
import { checkScreen, type CheckOptions } from './check-screen.ts';
import { danglingProblems } from './dangling-problems.ts';
import { reachabilityProblems } from './reachability.ts';
import { screenParameterProblems } from './screen-parameters.ts';

/**
 * Everything in a valid app that a builder should look at, errors first: bindings that do not parse or name nothing,
 * references to what is gone, settings that do not fit or are missing, types that are not installed, screens that
 * nothing leads to, steps of flows that cannot work. Each problem names its place and the next step.
 */
export function checkApp(app: App, options: CheckOptions): readonly AppProblem[] {
  const references = findReferences(app, options.catalog);
  const problems = [
    ...checkInvariants(app).map(({ path, message, code = 'app.invalid' }): AppProblem => ({
      severity: 'error',
      code,
      path,
      message,
      hint: 'Undo the last change.',
    })),
    ...Object.values(app.screens).flatMap((screen) => checkScreen(app, screen, options)),
    ...queryProblems(app, options.catalog.functions),
    ...flowProblems(app, options),
    ...flowInputProblems(app, references),
    ...flowTestProblems(app, options.catalog.functions),
    ...danglingProblems(app, references),
    ...reachabilityProblems(app, references),
    ...screenParameterProblems(app, references, options.catalog),
  ];
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity === 'warning'),
  ];
}
