import { jsonEquals } from '@fettle/base';
import { stepLists, type FlowStep } from '@fettle/definition';

/** Steps in order as they run: disabled ones are as if they were not there. */
export function enabledSteps(steps: readonly FlowStep[] | undefined): readonly FlowStep[] {
  return (steps ?? []).filter((step) => step.disabled !== true);
}

/** The lists inside a step, as they run. */
export function enabledLists(
  step: FlowStep,
): readonly { readonly list: string; readonly steps: readonly FlowStep[] }[] {
  return stepLists(step).map(({ list, steps }) => ({ list, steps: enabledSteps(steps) }));
}

/** Whether two steps, with everything inside them, would have found the same: what is said about them does not count. */
export function isSameStep(one: FlowStep, other: FlowStep): boolean {
  if (!isSameHead(one, other)) return false;
  const lists = enabledLists(one);
  const others = enabledLists(other);
  return lists.every(({ steps }, index) => areSameSteps(steps, others[index]?.steps ?? []));
}

function areSameSteps(steps: readonly FlowStep[], others: readonly FlowStep[]): boolean {
  return (
    steps.length === others.length &&
    steps.every((step, index) => {
      const other = others[index];
      return other !== undefined && isSameStep(step, other);
    })
  );
}

/** The same, whatever is inside of them: what a branch chose or a loop goes over is then the same. */
export function isSameHead(one: FlowStep, other: FlowStep): boolean {
  return jsonEquals(essenceOf(one), essenceOf(other));
}

// How often and how long something is tried, and how it is called, says nothing of what it finds.
const accidental = new Set(['name', 'description', 'retry', 'timeoutMs', 'disabled']);
const lists = new Set(['steps', 'catch', 'finally', 'otherwise']);

function essenceOf(step: FlowStep): unknown {
  const kept = Object.fromEntries(
    Object.entries(step).filter(([key]) => !accidental.has(key) && !lists.has(key)),
  ) as Record<string, unknown>;
  switch (step.kind) {
    case 'branch':
      return { ...kept, branches: step.branches.map(({ id, condition }) => ({ id, condition })) };
    case 'switch':
      return { ...kept, cases: step.cases.map(({ id, equals }) => ({ id, equals })) };
    case 'parallel':
      return { ...kept, lanes: step.lanes.map(({ id }) => id) };
    case 'forEach':
      return { ...kept, concurrency: undefined };
    case 'while':
      return { ...kept, limit: undefined };
    default:
      return kept;
  }
}
