import { fail, ok } from '@fettle/base';
import type { Result } from '@fettle/base';
import type { Expression, ExpressionProblem, Template } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { problemAt } from './problem.ts';
import { scanTemplate } from './scan-template.ts';

/**
 * Parses a setting that may hold `{{ }}`. Problems point into `text`. `\{{` stands for `{{` itself,
 * `\\{{` for a backslash before a binding.
 */
export function parseTemplate(text: string): Result<Template, readonly ExpressionProblem[]> {
  const problems: ExpressionProblem[] = [];
  const parts: (string | Expression)[] = [];
  for (const piece of scanTemplate(text)) {
    if (piece.kind === 'text') {
      parts.push(piece.text);
    } else if (piece.kind === 'open') {
      problems.push(
        problemAt(text, {
          code: 'expression.unclosed',
          message: 'This {{ has no closing }}.',
          hint: 'Close it with }}, or write \\{{ to show the braces.',
          start: piece.start,
          end: piece.start + 2,
        }),
      );
    } else {
      const parsed = parseExpression(text.slice(piece.start, piece.end));
      if (parsed.ok) parts.push(parsed.value);
      else problems.push(...parsed.error.map((problem) => moveProblem(text, problem, piece.start)));
    }
  }
  return problems.length > 0 ? fail(problems) : ok(toTemplate(parts));
}

function toTemplate(parts: readonly (string | Expression)[]): Template {
  const expressions = parts.filter((part) => typeof part !== 'string');
  const [expression] = expressions;
  if (expression === undefined) return { kind: 'literal', value: parts.join('') };
  const isSole = expressions.length === 1 && parts.every((part) => typeof part !== 'string' || part.trim() === '');
  return isSole ? { kind: 'expression', expression } : { kind: 'mixed', parts };
}

function moveProblem(text: string, problem: ExpressionProblem, by: number): ExpressionProblem {
  const start = problem.offset + by;
  return problemAt(text, { ...problem, start, end: start + problem.length });
}
