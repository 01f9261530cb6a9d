import type { ParallelStep } from '../../plan/planned-step.ts';
import { done, earlier, StepFailure, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { recall, record, type RunContext } from '../run-context.ts';

/** Reason of lanes that are called off because another one was first. */
class LaneOvertaken extends Error {
  override readonly name = 'LaneOvertaken';
}

type LaneEnd = { readonly lane: string } & ({ readonly control: Control } | { readonly error: unknown });

/** Runs lanes beside each other. `all` waits for each; `first` calls the others off when one is through. */
export async function runParallelStep(context: RunContext, step: ParallelStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded') return done;
  if (before === undefined) record(context, frame, step, { state: 'started' });
  const others = new AbortController();
  const signal = step.join === 'first' ? AbortSignal.any([frame.signal, others.signal]) : frame.signal;
  let winner: string | undefined;
  const ends = await Promise.all(
    step.lanes.map(async (lane): Promise<LaneEnd> => {
      try {
        const control = await context.runSteps(lane.steps, frame.with({ signal }));
        if (step.join === 'first' && control.kind === 'done' && winner === undefined) {
          winner = lane.id;
          others.abort(new LaneOvertaken());
        }
        return { lane: lane.id, control };
      } catch (error) {
        return { lane: lane.id, error };
      }
    }),
  );
  if (winner !== undefined) {
    record(context, frame, step, { state: 'succeeded', output: { lane: winner } });
    return done;
  }
  return joined(context, step, frame, ends);
}

function joined(context: RunContext, step: ParallelStep, frame: Frame, ends: readonly LaneEnd[]): Control {
  const failures = ends.flatMap((end) => ('error' in end ? [end.error] : []));
  const fatal = failures.find((error) => !(error instanceof StepFailure));
  if (fatal !== undefined) throw fatal;
  const controls = ends.flatMap((end) => ('control' in end ? [end.control] : []));
  const ending = controls.find(({ kind }) => kind === 'return' || kind === 'stop');
  // A failed lane waits for the suspended ones: nothing that is under way is cut off by it.
  const suspended = controls.filter((control) => control.kind === 'suspended');
  if (suspended.length > 0 && ending === undefined) {
    return suspended.reduce((a, b) => ({ kind: 'suspended', wakeAt: earlier(a.wakeAt, b.wakeAt) }));
  }
  const [failure] = failures;
  if (failure instanceof StepFailure && (step.join === 'all' || controls.length === 0)) {
    record(context, frame, step, { state: 'failed', error: failure.error });
    throw failure;
  }
  if (ending !== undefined) return ending;
  record(context, frame, step, { state: 'succeeded', output: {} });
  return done;
}
