import type { Expression, Template } from '../syntax/expression.ts';
import { joinTexts, toText } from './conversions.ts';
import { Run } from './run.ts';
import { createScope } from './scope.ts';

/** The expressions in a setting, in order. */
export function expressionsOf(template: Template): readonly Expression[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return [template.expression];
  return template.parts.filter((part) => typeof part !== 'string');
}

/**
 * A setting with its expressions replaced by values that were worked out elsewhere, one for each of
 * {@link expressionsOf}: what is no expression stays as it was written. Throws {@link EvaluationError} when the text
 * becomes too long.
 */
export function fillTemplate(template: Template, values: readonly unknown[]): unknown {
  if (template.kind === 'literal') return template.value;
  if (template.kind === 'expression') return values[0];
  const run = new Run(createScope({}), {});
  let text = '';
  let next = 0;
  for (const part of template.parts) {
    if (typeof part === 'string') text = joinTexts(run, text, part);
    else {
      text = joinTexts(run, text, toText(run, values[next]));
      next += 1;
    }
  }
  return text;
}
