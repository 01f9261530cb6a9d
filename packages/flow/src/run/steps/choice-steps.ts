import { jsonEquals, type Json } from '@fettle/base';
import type { BranchStep, PlannedSteps, SwitchStep } from '../../plan/planned-step.ts';
import type { Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { evaluate, isTrue, recall, record, type RunContext } from '../run-context.ts';

/** Runs the steps of the first branch whose condition holds. What was chosen stays chosen when the run goes on later. */
export function runBranchStep(context: RunContext, step: BranchStep, frame: Frame): Promise<Control> {
  const choose = (): string =>
    step.branches.find((branch) => isTrue(evaluate(context, frame, step, branch.condition)))?.id ?? otherwise;
  return runChosen(context, step, frame, { choose, lists: step.branches });
}

/** Runs the steps of the first case that equals the value. */
export function runSwitchStep(context: RunContext, step: SwitchStep, frame: Frame): Promise<Control> {
  const choose = (): string => {
    const value = evaluate(context, frame, step, step.value);
    return step.cases.find((one) => matches(evaluate(context, frame, step, one.equals), value))?.id ?? otherwise;
  };
  return runChosen(context, step, frame, { choose, lists: step.cases });
}

const otherwise = 'otherwise';

async function runChosen(
  context: RunContext,
  step: BranchStep | SwitchStep,
  frame: Frame,
  choice: {
    readonly choose: () => string;
    readonly lists: readonly { readonly id: string; readonly steps: PlannedSteps }[];
  },
): Promise<Control> {
  const before = recall(context, frame, step);
  const known = (before?.output as { readonly chosen?: string } | undefined)?.chosen;
  const chosen = known ?? choice.choose();
  if (known === undefined) record(context, frame, step, { state: 'succeeded', output: { chosen } });
  const steps = choice.lists.find(({ id }) => id === chosen)?.steps ?? step.otherwise;
  return context.runSteps(steps, frame);
}

/** Values from forms are texts and those from databases numbers: 5 and "5" are the same case. */
function matches(expected: Json, value: Json): boolean {
  if (jsonEquals(expected, value)) return true;
  const isPlain = (one: Json): boolean =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean';
  return isPlain(expected) && isPlain(value) && String(expected) === String(value);
}
