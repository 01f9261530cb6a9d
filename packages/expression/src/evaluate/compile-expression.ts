import type { Expression, Template } from '../syntax/expression.ts';
import type { ExpressionNode } from '../syntax/node.ts';
import { compile, malformed } from './compile.ts';
import type { Evaluate } from './compile.ts';
import { joinTexts, toText } from './conversions.ts';
import { EvaluationError } from './evaluation-error.ts';
import { Run } from './run.ts';
import type { EvaluationLimits } from './run.ts';
import { ScopeObject } from './scope.ts';
import type { Scope } from './scope.ts';
import { toPlain } from './values.ts';

/** Evaluates in a scope. Throws {@link EvaluationError} and nothing else; results are plain data. */
export type CompiledExpression = (scope: Scope, limits?: EvaluationLimits) => unknown;

/** Evaluates a setting in a scope: the raw value of a sole `{{ }}`, otherwise text. Throws {@link EvaluationError}. */
export type CompiledTemplate = (scope: Scope, limits?: EvaluationLimits) => unknown;

const noLimits: EvaluationLimits = {};

/**
 * Compiles an expression to closures: no `eval`, so it runs under any content security policy. Never
 * throws; a node that cannot be read fails when evaluated.
 */
export function compileExpression(expression: Pick<Expression, 'node' | 'source'>): CompiledExpression {
  const { evaluate, weight } = compileNode(expression.node);
  return (scope, limits = noLimits) => {
    const run = new Run(scope, limits);
    try {
      run.spend(weight);
      const value = evaluate(run);
      if (typeof value !== 'object') return value;
      return run.holdsScopeObjects || value instanceof ScopeObject ? toPlain(run, value) : value;
    } catch (error) {
      if (error instanceof EvaluationError) throw error;
      throw run.error('expression.failed', 'The expression cannot be evaluated.', 'Check the values it works on.');
    }
  };
}

function compileNode(node: ExpressionNode): { readonly evaluate: Evaluate; readonly weight: number } {
  const counter = { slots: 0, nodes: 0 };
  try {
    return { evaluate: compile(node, { slots: new Map(), counter, depth: 0 }), weight: counter.nodes };
  } catch {
    // Stored JSON that is no expression at all, e.g. with parts missing.
    return { evaluate: malformed({ start: 0, end: 0 }), weight: 1 };
  }
}

/** Compiles a setting. Each of its expressions has budgets of its own; the text has one. */
export function compileTemplate(template: Template): CompiledTemplate {
  if (template.kind === 'literal') return () => template.value;
  if (template.kind === 'expression') return compileExpression(template.expression);
  const parts = template.parts.map((part) => (typeof part === 'string' ? part : compileExpression(part)));
  return (scope, limits = noLimits) => {
    const run = new Run(scope, limits);
    let text = '';
    for (const part of parts)
      text = joinTexts(run, text, typeof part === 'string' ? part : toText(run, part(scope, limits)));
    return text;
  };
}
