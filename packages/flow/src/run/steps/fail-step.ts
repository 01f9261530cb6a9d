import type { PlannedStep } from '../../plan/planned-step.ts';
import { StepFailure, toRunError } from '../control.ts';
import type { Frame } from '../frame.ts';
import { recall, record, type RunContext } from '../run-context.ts';

/**
 * Ends a step that holds others with what failed in it: recorded, and thrown on. What is no failure of a step (the run
 * was cancelled, taken over, or there is a bug) is thrown as it is.
 */
export function failStep(context: RunContext, step: PlannedStep, frame: Frame, error: unknown): never {
  const known = toRunError(error, step.name);
  if (!(error instanceof StepFailure) && known.code === 'flow.unexpected') throw error;
  const failure = error instanceof StepFailure ? error.error : known;
  const before = recall(context, frame, step);
  // Where a loop stood is kept: a rerun can go on from there.
  record(context, frame, step, {
    state: 'failed',
    error: failure,
    ...(before?.output === undefined ? {} : { output: before.output }),
  });
  throw new StepFailure(failure);
}
