import { nestedSteps, type App, type Flow, type FlowStep } from '@fettle/definition';
import { Type, type Static } from 'typebox';
import { idSchema } from './command-schemas.ts';
import { missing, refuse } from './refusal.ts';

/**
 * A list of steps: the flow's own when `step` is absent, else one inside that step. `list` is `steps`, `catch`, `finally`,
 * `otherwise`, or the id of a branch, case or lane.
 */
export const stepListSchema = Type.Object(
  { step: Type.Optional(idSchema), list: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
);

/** See {@link stepListSchema}. */
export type StepList = Static<typeof stepListSchema>;

type Steps = FlowStep[];
type Loose = Record<string, unknown>;

const ownLists: ReadonlySet<string> = new Set(['steps', 'catch', 'finally', 'otherwise']);

/** The flow, or a refusal. */
export function flowOf(app: Pick<App, 'flows'>, id: string): Flow {
  const flow = Object.hasOwn(app.flows, id) ? app.flows[id] : undefined;
  if (flow === undefined) throw missing('flow', id);
  return flow;
}

/** Refuses a flow name that another flow has; case does not tell names apart. */
export function freeFlowName(app: App, name: string, self: string): void {
  const owner = Object.values(app.flows).find(
    (other) => other.id !== self && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (owner !== undefined)
    throw refuse('name.taken', `A flow is named "${owner.name}" already.`, 'Choose another name.');
}

/** Every list of steps in a flow, outermost first, in reading order. */
function listsOf(flow: Pick<Flow, 'steps'>): readonly Steps[] {
  const lists: Steps[] = [];
  const visit = (steps: unknown): void => {
    if (!Array.isArray(steps)) return;
    lists.push(steps as Steps);
    for (const step of steps as Steps) {
      for (const nested of nestedSteps(step as unknown as Loose)) visit(nested.steps);
    }
  };
  visit(flow.steps);
  return lists;
}

/** A step and where it stands, or a refusal. */
export function findStep(
  flow: Pick<Flow, 'steps'>,
  id: string,
): { readonly steps: Steps; readonly index: number; readonly step: FlowStep } {
  for (const steps of listsOf(flow)) {
    const index = steps.findIndex((step) => step.id === id);
    const step = steps[index];
    if (step !== undefined) return { steps, index, step };
  }
  throw missing('step', id);
}

/** The steps of a list, made when the step may have it and has none yet. A refusal when it has no such list. */
export function stepsAt(flow: Pick<Flow, 'steps'>, { step: id, list }: StepList): Steps {
  if (id === undefined) {
    if (list !== 'steps') throw missing('list', list);
    return flow.steps as Steps;
  }
  const step = findStep(flow, id).step as unknown as Loose;
  const branch = findBranch(step, list);
  if (branch !== undefined) return branch.steps;
  if (!ownLists.has(list) || !mayHave(String(step['kind']), list)) throw missing('list', list);
  if (!Object.hasOwn(step, list)) step[list] = [];
  return step[list] as Steps;
}

interface Branch {
  readonly id: string;
  readonly steps: Steps;
}

function findBranch(step: Loose, id: string): Branch | undefined {
  for (const key of ['branches', 'cases', 'lanes']) {
    const members = Object.hasOwn(step, key) ? step[key] : undefined;
    const found = (Array.isArray(members) ? (members as Branch[]) : []).find((one) => one.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A branch, case or lane of a step, or a refusal. */
export function branchOf(step: FlowStep, id: string): object {
  const branch = findBranch(step as unknown as Loose, id);
  if (branch === undefined) throw missing('branch', id);
  return branch;
}

function mayHave(kind: string, list: string): boolean {
  if (list === 'steps') return kind === 'forEach' || kind === 'while' || kind === 'try';
  return list === 'otherwise' ? kind === 'branch' || kind === 'switch' : kind === 'try';
}

/** True when one step is another, or stands somewhere inside it. */
export function isInside(flow: Pick<Flow, 'steps'>, id: string, outer: string): boolean {
  return listsOf({ steps: [findStep(flow, outer).step] }).some((steps) => steps.some((step) => step.id === id));
}

/** A step's ids and names, with those of all steps inside it. */
export function stepsWithin(step: FlowStep): readonly FlowStep[] {
  return listsOf({ steps: [step] }).flat();
}
