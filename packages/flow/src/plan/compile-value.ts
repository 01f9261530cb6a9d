import { compileTemplate, parseTemplate, type EvaluationLimits, type Scope } from '@fettle/expression';
import { isJsonObject } from '@fettle/base';

/** Gives a setting's value in a scope. Throws an `EvaluationError` when a binding in it fails. */
export type Evaluate = (scope: Scope, limits: EvaluationLimits) => unknown;

/** A text that is no binding at all is told with what is wrong and stands for a failure when the step runs. */
export class BindingSyntaxError extends Error {
  override readonly name = 'BindingSyntaxError';
}

/** Compiles any JSON value: texts with `{{ }}` are evaluated wherever they stand, everything else is itself. */
export function compileValue(value: unknown): Evaluate {
  return compileDynamic(value) ?? (() => value);
}

/** Undefined when nothing in the value is bound. */
function compileDynamic(value: unknown): Evaluate | undefined {
  if (typeof value === 'string') return compileText(value);
  if (Array.isArray(value)) return compileList(value);
  return isJsonObject(value) ? compileObject(value) : undefined;
}

function compileText(text: string): Evaluate | undefined {
  if (!text.includes('{{')) return undefined;
  const template = parseTemplate(text);
  if (template.ok) return compileTemplate(template.value);
  const message = template.error[0]?.message ?? 'This binding cannot be read.';
  return () => {
    throw new BindingSyntaxError(message);
  };
}

function compileList(list: readonly unknown[]): Evaluate | undefined {
  const items = list.map(compileDynamic);
  if (items.every((item) => item === undefined)) return undefined;
  return (scope, limits) => list.map((item, index) => items[index]?.(scope, limits) ?? (items[index] ? null : item));
}

function compileObject(object: Readonly<Record<string, unknown>>): Evaluate | undefined {
  const members = Object.entries(object).map(([key, value]) => ({ key, value, evaluate: compileDynamic(value) }));
  if (members.every(({ evaluate }) => evaluate === undefined)) return undefined;
  return (scope, limits) =>
    Object.fromEntries(
      members.flatMap(({ key, value, evaluate }) => {
        if (evaluate === undefined) return [[key, value]];
        const result = evaluate(scope, limits);
        // A binding that gives nothing leaves its setting out, as if it had not been set.
        return result === undefined ? [] : [[key, result]];
      }),
    );
}

/** Compiles a condition or a text on its own: a text without `{{ }}` is read as an expression. */
export function compileExpressionText(text: string): Evaluate {
  return compileValue(text.includes('{{') || text.trim() === '' ? text : `{{ ${text} }}`);
}
