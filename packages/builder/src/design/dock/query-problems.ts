import type { AppProblem } from '@fettle/definition';
import type { FieldProblem } from '../editors/form-place.ts';

/** Problems of one query by path below its settings. */
export function queryProblems(problems: readonly AppProblem[], query: string): ReadonlyMap<string, FieldProblem> {
  const found = new Map<string, FieldProblem>();
  for (const { query: owner, path, severity, message, hint } of problems) {
    const [, below] = path.split('/settings/');
    if (owner === query && below !== undefined && !found.has(below))
      found.set(below, { severity, message: `${message} ${hint}` });
  }
  return found;
}
