import { allSteps, stepLists, type Flow, type FlowStep } from '@fettle/definition';
import type { StepPlace } from '../layout/flow-layout.ts';

/** A step with where it stands. */
export interface PlacedStep {
  readonly step: FlowStep;
  readonly place: StepPlace;
}

/** Where every step of a flow stands, in reading order. */
export function placedSteps(flow: Pick<Flow, 'steps'>): ReadonlyMap<string, PlacedStep> {
  const found = new Map<string, PlacedStep>();
  const visit = (steps: readonly FlowStep[], owner: Omit<StepPlace, 'index'>): void =>
    steps.forEach((step, index) => {
      found.set(step.id, { step, place: { ...owner, index } });
      for (const { list, steps: inner } of stepLists(step)) visit(inner, { step: step.id, list });
    });
  visit(flow.steps, { list: 'steps' });
  return found;
}

/** The outermost of some steps in reading order: what is inside another one goes with it. */
export function outermost(flow: Pick<Flow, 'steps'>, ids: readonly string[]): readonly PlacedStep[] {
  const placed = placedSteps(flow);
  const wanted = new Set(ids);
  const inside = new Set(
    ids.flatMap((id) => {
      const step = placed.get(id)?.step;
      return step === undefined
        ? []
        : allSteps([step])
            .slice(1)
            .map((inner) => inner.id);
    }),
  );
  return [...placed.values()].filter(({ step }) => wanted.has(step.id) && !inside.has(step.id));
}

/** How many steps a list has. */
export function listLength(flow: Pick<Flow, 'steps'>, { step, list }: Omit<StepPlace, 'index'>): number {
  if (step === undefined) return flow.steps.length;
  const owner = placedSteps(flow).get(step)?.step;
  return owner === undefined ? 0 : (stepLists(owner).find((one) => one.list === list)?.steps.length ?? 0);
}
