import { AppError, type Json } from '@fettle/base';
import { EvaluationError } from '@fettle/expression';
import type { RunError } from '../journal.ts';
import { BindingSyntaxError } from '../plan/compile-value.ts';

/** How a list of steps came to its end. Failures are thrown as {@link StepFailure}. */
export type Control =
  | { readonly kind: 'done' }
  /** Something must happen first. `wakeAt` is absent when only an answer wakes it. */
  | { readonly kind: 'suspended'; readonly wakeAt: number | undefined }
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'stop'; readonly outcome: 'success' | 'failure'; readonly message: string };

/** The usual end. */
export const done: Control = { kind: 'done' };

/** The earlier of two times, where absent means never. */
export function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/** A step failed for good: its retries are used up. `try` steps catch it; the run fails with it otherwise. */
export class StepFailure extends Error {
  readonly error: RunError;

  constructor(error: RunError) {
    super(error.message);
    this.name = 'StepFailure';
    this.error = error;
  }
}

/** Somebody cancelled the run. Nothing catches it. */
export class RunCancelled extends Error {
  constructor() {
    super('The run was cancelled.');
    this.name = 'RunCancelled';
  }
}

/** The run's own time is over. Nothing catches it. */
export class RunTimedOut extends Error {
  constructor() {
    super('The run took longer than its flow allows.');
    this.name = 'RunTimedOut';
  }
}

/** What a thrown value is called in the journal. What is no `AppError` says nothing of itself. */
export function toRunError(error: unknown, step: string): RunError {
  if (error instanceof StepFailure) return { ...error.error, step };
  if (error instanceof AppError && error.kind !== 'bug') {
    const problems = error.problems?.map(({ path, message }) => ({ path, message }));
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      step,
      ...(error.details === undefined && problems === undefined
        ? {}
        : { details: { ...(error.details as Record<string, Json>), ...(problems === undefined ? {} : { problems }) } }),
    };
  }
  if (error instanceof EvaluationError || error instanceof BindingSyntaxError) {
    return {
      code: 'flow.binding',
      message: error.message,
      hint: 'Correct the binding of this step.',
      step,
    };
  }
  return { code: 'flow.unexpected', message: 'The step failed unexpectedly. The server log has the details.', step };
}
