import type { AppProblem } from '@fettle/definition';
import type { FieldProblem } from '../editors/form-place.ts';
import { focusPlace, type InspectorTab } from './focus-place.ts';

/** Problems of one component (of the screen itself, without one), by the part of the inspector and the path there. */
export type ProblemsByTab = Readonly<Record<InspectorTab, ReadonlyMap<string, FieldProblem>>>;

/** Sorts the problems of a place into the parts of the inspector. An error wins over a warning at the same path. */
export function problemsOf(
  problems: readonly AppProblem[],
  screen: string,
  component: string | undefined,
): ProblemsByTab {
  const sorted = {
    settings: new Map<string, FieldProblem>(),
    events: new Map<string, FieldProblem>(),
    layout: new Map<string, FieldProblem>(),
    access: new Map<string, FieldProblem>(),
  };
  for (const problem of problems) {
    if (problem.screen !== screen || problem.component !== component) continue;
    const { tab, path } = focusPlace(problem.path);
    const known = sorted[tab].get(path);
    if (known === undefined || (known.severity === 'warning' && problem.severity === 'error')) {
      sorted[tab].set(path, { severity: problem.severity, message: `${problem.message} ${problem.hint}` });
    }
  }
  return sorted;
}

/** The problems below a path, with what is left of their own paths. */
export function problemsBelow(
  problems: ReadonlyMap<string, FieldProblem>,
  path: string,
): ReadonlyMap<string, FieldProblem> {
  const below = new Map<string, FieldProblem>();
  for (const [place, problem] of problems) {
    if (place.startsWith(`${path}/`)) below.set(place.slice(path.length + 1), problem);
  }
  return below;
}
