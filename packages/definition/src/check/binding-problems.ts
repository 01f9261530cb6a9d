import {
  checkTemplate,
  parseTemplate,
  type ExpressionProblem,
  type KnownNames,
  type LibraryDefinitions,
} from '@fettle/expression';
import type { Bindings, BindingProblems } from '../compiled.ts';
import { valueAt } from '../json-pointer.ts';
import type { Place } from '../references/reference.ts';
import type { AppProblem } from './app-problem.ts';

/** Something with bindings, and the names its expressions know. */
export interface BindingHolder {
  /** What the pointers of the bindings start from. */
  readonly holder: unknown;
  readonly bindings: Bindings;
  readonly problems?: BindingProblems;
  readonly place: Place;
  /** Undefined for a binding whose scope cannot be known; then its names are not checked. */
  readonly namesAt: (path: string) => KnownNames | undefined;
  /** Functions that its expressions can call besides the standard ones. */
  readonly functions: LibraryDefinitions | undefined;
}

/** Bindings that do not parse, and names in them that do not exist. */
export function bindingProblems({
  holder,
  bindings,
  problems,
  place,
  namesAt,
  functions,
}: BindingHolder): readonly AppProblem[] {
  const broken = Object.keys(problems ?? {}).flatMap((path) => {
    const parsed = parseTemplate(String(valueAt(holder, path)));
    return parsed.ok ? [] : parsed.error.slice(0, 1).map((problem) => toAppProblem(problem, place, path));
  });
  const unknown = Object.entries(bindings).flatMap(([path, template]) => {
    const names = template.kind === 'literal' ? undefined : namesAt(path);
    return names === undefined
      ? []
      : checkTemplate(template, names, functions).map((problem) => toAppProblem(problem, place, path));
  });
  return [...broken, ...unknown];
}

function toAppProblem(problem: ExpressionProblem, place: Place, path: string): AppProblem {
  return {
    // A member that a component does not announce may still be there: it gives undefined at worst.
    severity: problem.code === 'expression.unknown-member' && !isTopMember(problem) ? 'warning' : 'error',
    code: problem.code,
    ...place,
    path: `${place.path}${path}`,
    message: problem.message,
    hint: problem.hint ?? 'Open the binding and correct it there.',
  };
}

/** `components.x`, `queries.x`, `state.x`: names that the app itself defines. */
function isTopMember(problem: ExpressionProblem): boolean {
  return /^"(?:components|queries|state)" has no /.test(problem.message);
}
