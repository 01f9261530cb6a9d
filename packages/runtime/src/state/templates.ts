import {
  compileTemplate,
  EvaluationError,
  type CompiledTemplate,
  type EvaluationLimits,
  type Scope,
  type Template,
} from '@fettle/expression';

/** Why a binding has no value. */
export interface BindingFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Where in the expression's source. */
  readonly offset?: number;
  readonly length?: number;
}

/** What an evaluation gave: a value, or `undefined` and why. */
export interface Outcome {
  readonly value: unknown;
  readonly failure?: BindingFailure;
}

const compiled = new WeakMap<Template, CompiledTemplate>();

/** Evaluates a parsed binding. Never throws. */
export function evaluateTemplate(template: Template, scope: Scope, limits?: EvaluationLimits): Outcome {
  let run = compiled.get(template);
  if (run === undefined) {
    run = compileTemplate(template);
    compiled.set(template, run);
  }
  try {
    return { value: run(scope, limits) };
  } catch (error) {
    return { value: undefined, failure: describeFailure(error) };
  }
}

/** Puts any thrown value into words. */
export function describeFailure(error: unknown): BindingFailure {
  if (error instanceof EvaluationError) {
    const { code, message, hint, offset, length } = error;
    return { code, message, offset, length, ...(hint === undefined ? {} : { hint }) };
  }
  return {
    code: 'binding.failed',
    message: error instanceof Error ? error.message : 'The value could not be worked out.',
  };
}
