import { isJsonObject } from '@fettle/base';
import { finalStates } from '../../journal.ts';
import type { SubFlowStep } from '../../plan/planned-step.ts';
import { done, StepFailure, type Control } from '../control.ts';
import { failStep } from './fail-step.ts';
import type { Frame } from '../frame.ts';
import { evaluate, pathOf, recall, record, type RunContext } from '../run-context.ts';

const maxDepth = 20;

/** Starts another flow, once for this step and iteration, and waits for its end when it is called. */
export async function runSubFlowStep(context: RunContext, step: SubFlowStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded') return done;
  if (context.run.depth >= maxDepth) {
    return fail(context, step, frame, {
      code: 'flow.too-deep',
      message: `Flows call each other ${maxDepth} levels deep at most.`,
      hint: 'Look for a flow that calls itself.',
    });
  }
  const input = before?.input ?? evaluate(context, frame, step, step.input);
  // The child is found again by this path after a crash, so its start needs no entry of its own beforehand.
  if (before === undefined) record(context, frame, step, { state: 'started', attempt: 1, input });
  await context.journal.flush();
  const asked = {
    parent: context.run,
    path: pathOf(frame, step),
    flow: step.flow,
    input: isJsonObject(input) ? input : {},
    isAwaited: step.mode === 'call',
  };
  const child = await context.host.startChild(asked).catch((error: unknown) => failStep(context, step, frame, error));
  if (step.mode === 'start') {
    record(context, frame, step, { state: 'succeeded', output: { run: child.id } });
    return done;
  }
  if (!finalStates.has(child.state)) {
    record(context, frame, step, { state: 'waiting' });
    return { kind: 'suspended', wakeAt: undefined };
  }
  if (child.state === 'succeeded') {
    record(context, frame, step, { state: 'succeeded', output: child.output ?? null });
    return done;
  }
  const error = child.error ?? { code: 'flow.child-cancelled', message: 'The flow that was called was cancelled.' };
  return fail(context, step, frame, {
    ...error,
    details: { run: child.id, ...(error.step === undefined ? {} : { step: error.step }) },
  });
}

function fail(context: RunContext, step: SubFlowStep, frame: Frame, error: StepFailure['error']): never {
  const known = { ...error, step: step.name };
  record(context, frame, step, { state: 'failed', error: known });
  throw new StepFailure(known);
}
