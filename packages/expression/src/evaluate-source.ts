import { fail, ok } from '@fettle/base';
import type { Result } from '@fettle/base';
import { compileExpression } from './evaluate/compile-expression.ts';
import { EvaluationError } from './evaluate/evaluation-error.ts';
import type { EvaluationLimits } from './evaluate/run.ts';
import type { Scope } from './evaluate/scope.ts';
import type { ExpressionProblem } from './syntax/expression.ts';
import { parseExpression } from './syntax/parse-expression.ts';

/** Parses, compiles and evaluates in one go: for tests, previews and single evaluations. */
export function evaluate(
  source: string,
  scope: Scope,
  limits?: EvaluationLimits,
): Result<unknown, readonly ExpressionProblem[] | EvaluationError> {
  const parsed = parseExpression(source);
  if (!parsed.ok) return parsed;
  try {
    return ok(compileExpression(parsed.value)(scope, limits));
  } catch (error) {
    if (error instanceof EvaluationError) return fail(error);
    throw error;
  }
}
