import { isJsonObject } from '@fettle/base';
import type { ReturnStep, SetVariablesStep, StopStep } from '../../plan/planned-step.ts';
import { done, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { evaluate, recall, record, toJson, type RunContext } from '../run-context.ts';

/** Sets variables, once: their values are stored with the entry. */
export function runSetVariablesStep(context: RunContext, step: SetVariablesStep, frame: Frame): Control {
  if (recall(context, frame, step) !== undefined) return done;
  const values = evaluate(context, frame, step, step.values);
  if (isJsonObject(values)) context.journal.setVars(values);
  record(context, frame, step, { state: 'succeeded', output: values });
  return done;
}

/** Ends the run, well or not. */
export function runStopStep(context: RunContext, step: StopStep, frame: Frame): Control {
  const message = evaluate(context, frame, step, step.message);
  record(context, frame, step, { state: 'succeeded', output: { outcome: step.outcome } });
  return {
    kind: 'stop',
    outcome: step.outcome,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  };
}

/** Ends the run with an output. */
export function runReturnStep(context: RunContext, step: ReturnStep, frame: Frame): Control {
  const value = toJson(evaluate(context, frame, step, step.value));
  record(context, frame, step, { state: 'succeeded', output: value });
  return { kind: 'return', value };
}
