import type { Json } from '@fettle/base';
import type { TryStep } from '../../plan/planned-step.ts';
import { StepFailure, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { recall, record, type RunContext } from '../run-context.ts';

/**
 * Runs steps, those of `catch` with `error` in scope when one fails, and those of `finally` in any case. A run that is
 * put aside in the middle goes the same way again: steps that failed fail from the journal.
 */
export async function runTryStep(context: RunContext, step: TryStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before === undefined) record(context, frame, step, { state: 'started' });
  let control: Control | undefined;
  let failure: StepFailure | undefined;
  try {
    control = await tryAndCatch(context, step, frame);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    failure = error;
  }
  if (control?.kind === 'suspended') return control;
  const last = await context.runSteps(step.finally, frame);
  if (last.kind !== 'done') return last;
  if (failure !== undefined) {
    record(context, frame, step, { state: 'failed', error: failure.error });
    throw failure;
  }
  return control ?? { kind: 'done' };
}

async function tryAndCatch(context: RunContext, step: TryStep, frame: Frame): Promise<Control> {
  try {
    const control = await context.runSteps(step.steps, frame);
    if (control.kind === 'done' && recall(context, frame, step)?.state !== 'succeeded')
      record(context, frame, step, { state: 'succeeded', output: { failed: false } });
    return control;
  } catch (error) {
    if (!(error instanceof StepFailure) || step.catch === undefined) throw error;
    const caught = error.error as unknown as Json;
    const control = await context.runSteps(step.catch, frame.with({ names: { error: caught } }));
    if (control.kind === 'done' && recall(context, frame, step)?.state !== 'succeeded') {
      record(context, frame, step, { state: 'succeeded', output: { failed: true, error: caught } });
    }
    return control;
  }
}
