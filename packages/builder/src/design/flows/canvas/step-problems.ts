import { useMemo } from 'react';
import type { AppProblem } from '@fettle/definition';
import type { FieldProblem } from '../../editors/form-place.ts';
import { useView } from '../../design-context.ts';
import { useProblems } from '../../panels/problems/use-problems.ts';
import { stepPath } from '../../view-state.ts';

const bySource = new WeakMap<readonly AppProblem[], ReadonlyMap<string, AppProblem>>();

/** The worst problem of each step, by flow and step (`trigger` for the trigger). Worked out once for all cards. */
function worstProblems(problems: readonly AppProblem[]): ReadonlyMap<string, AppProblem> {
  const known = bySource.get(problems);
  if (known !== undefined) return known;
  const worst = new Map<string, AppProblem>();
  for (const problem of problems) {
    if (problem.flow === undefined) continue;
    const key = `${problem.flow} ${ownerOf(problem)}`;
    const before = worst.get(key);
    if (before === undefined || (before.severity === 'warning' && problem.severity === 'error'))
      worst.set(key, problem);
  }
  bySource.set(problems, worst);
  return worst;
}

function ownerOf({ flow, step, path }: AppProblem): string {
  if (step !== undefined) return step;
  return path.startsWith(`/flows/${flow}/trigger`) ? 'trigger' : '';
}

/** The worst problem of a step of the open flow. */
export function useStepProblem(step: string): AppProblem | undefined {
  const flow = useView((state) => state.flow);
  return worstProblems(useProblems()).get(`${flow} ${step}`);
}

/** The problems of a step by the path of the setting they are about. */
export function useProblemsOf(flow: string, step: string): ReadonlyMap<string, FieldProblem> {
  const problems = useProblems();
  return useMemo(() => {
    const found = new Map<string, FieldProblem>();
    for (const problem of problems) {
      if (problem.flow !== flow || ownerOf(problem) !== step) continue;
      const path = stepPath(problem.path).replace(/^for\//, '');
      if (found.get(path)?.severity === 'error') continue;
      found.set(path, { severity: problem.severity, message: `${problem.message} ${problem.hint}` });
    }
    return found;
  }, [flow, problems, step]);
}
