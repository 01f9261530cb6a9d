import { inputError, type Json } from '@fettle/base';
import type { WhileStep } from '../../plan/planned-step.ts';
import { done, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { failStep } from './fail-step.ts';
import { openFrame } from '../open-frame.ts';
import { assertGoingOn, evaluate, isTrue, pathOf, recall, record, type RunContext } from '../run-context.ts';

/** `begun` is one more than `done` while a turn is under way: its condition held and is not asked again. */
interface Position {
  readonly done: number;
  readonly begun: number;
}

/** Runs steps as long as the condition holds; more turns than the limit are a failure, not a silent end. */
export async function runWhileStep(context: RunContext, step: WhileStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded') return done;
  let position: Position = (before?.output as unknown as Position | undefined) ?? { done: 0, begun: 0 };
  const move = (next: Position): void => {
    position = next;
    record(context, frame, step, { state: 'started', output: next as unknown as Json });
  };
  if (before === undefined) move(position);
  else if (position.done > 0) await recallTurn(context, step, frame, position.done - 1);
  try {
    for (;;) {
      assertGoingOn(context, frame);
      const turn = position.done;
      const scope = `${pathOf(frame, step)}#${turn}/`;
      if (position.begun === turn) {
        if (!isTrue(evaluate(context, frame.with({ names: { index: turn } }), step, step.condition))) break;
        if (turn >= step.limit) throw tooMany(step);
        move({ done: turn, begun: turn + 1 });
      }
      const inner = await openFrame(context, { scope, parent: frame, names: { index: turn } });
      const control = await context.runSteps(step.steps, inner);
      if (control.kind !== 'done') return control;
      // The condition is asked outside of the turn: what the last one found is seen there.
      inner.copyResultsTo(frame);
      context.journal.close(scope);
      move({ done: turn + 1, begun: turn + 1 });
    }
  } catch (error) {
    return failStep(context, step, frame, error);
  }
  record(context, frame, step, { state: 'succeeded', output: { count: position.done } });
  return done;
}

/** The condition and the next turn see what the turn before found, also when another worker ran that turn. */
async function recallTurn(context: RunContext, step: WhileStep, frame: Frame, turn: number): Promise<void> {
  const scope = `${pathOf(frame, step)}#${turn}/`;
  (await openFrame(context, { scope, parent: frame, names: {} })).copyResultsTo(frame);
  context.journal.close(scope);
}

const tooMany = (step: WhileStep) =>
  inputError({
    code: 'flow.while-limit',
    message: `The loop reached its limit of ${step.limit} turns and its condition still holds.`,
    hint: 'Correct the condition, or raise the limit.',
  });
