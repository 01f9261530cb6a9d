import type { FlowStep } from '@fettle/definition';

/** An action that logs a message. */
export function action(name: string, message = 'Hello'): FlowStep {
  return { id: `stp_${name}`, name, kind: 'action', type: 'core/log', settings: { message } };
}

/** A branch with these lists; without a last one, `otherwise` is absent. */
export function branch(
  name: string,
  lists: readonly (readonly FlowStep[])[],
  otherwise?: readonly FlowStep[],
): FlowStep {
  return {
    id: `stp_${name}`,
    name,
    kind: 'branch',
    branches: lists.map((steps, index) => ({ id: `br_${name}${index}`, condition: '{{ true }}', steps })),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

/** A loop over a list. */
export function forEach(name: string, steps: readonly FlowStep[]): FlowStep {
  return { id: `stp_${name}`, name, kind: 'forEach', items: '{{ trigger.items }}', steps };
}

/** Steps with what is done when they fail and, when given, in any case. */
export function tryStep(
  name: string,
  steps: readonly FlowStep[],
  caught: readonly FlowStep[],
  always?: readonly FlowStep[],
): FlowStep {
  return {
    id: `stp_${name}`,
    name,
    kind: 'try',
    steps,
    catch: caught,
    ...(always === undefined ? {} : { finally: always }),
  };
}

/** The end of a run. */
export function stop(name: string): FlowStep {
  return { id: `stp_${name}`, name, kind: 'stop', outcome: 'success' };
}

/** A flow of exactly so many steps, nested in every way. */
export function manySteps(count: number): readonly FlowStep[] {
  let left = count;
  let number = 0;
  const make = (depth: number): FlowStep => {
    number += 1;
    left -= 1;
    const name = `s${number}`;
    const lists = (amount: number): FlowStep[][] =>
      Array.from({ length: amount }, () => {
        const steps: FlowStep[] = [];
        const length = 1 + (number % 3);
        while (steps.length < length && left > 0) steps.push(make(depth + 1));
        return steps;
      });
    if (depth > 3 || left === 0) return action(name);
    switch (number % 7) {
      case 1: {
        const [first = [], second = [], last = []] = lists(3);
        return branch(name, [first, second], last);
      }
      case 3: {
        const [inner = [], caught = [], always = []] = lists(3);
        return tryStep(name, inner, caught, always);
      }
      case 5:
        return forEach(name, lists(1)[0] ?? []);
      default:
        return action(name);
    }
  };
  const steps: FlowStep[] = [];
  while (left > 0) steps.push(make(1));
  return steps;
}
