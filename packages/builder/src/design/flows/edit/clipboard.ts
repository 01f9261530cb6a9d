import { createShortId, isJsonObject, uniqueName } from '@fettle/base';
import { allSteps, flowStepSchemas, nestedSteps, checkSchema, type Flow, type FlowStep } from '@fettle/definition';
import { renameStepsIn } from '@fettle/edit';
import { placedSteps } from './step-tree.ts';

/** Steps on the clipboard, as text: they can be pasted into another flow, app or window. */
export interface StepClip {
  readonly format: 'fettle/steps';
  readonly steps: readonly FlowStep[];
}

/** The text that stands for steps on the clipboard. */
export function writeClip(steps: readonly FlowStep[]): string {
  return JSON.stringify({ format: 'fettle/steps', steps } satisfies StepClip, null, 2);
}

/** Reads steps out of text that may be anything. */
export function parseClip(text: string): StepClip | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || value['format'] !== 'fettle/steps' || !Array.isArray(value['steps'])) return undefined;
    return value['steps'].length > 0 && value['steps'].every(isSound) ? (value as unknown as StepClip) : undefined;
  } catch {
    return undefined;
  }
}

function isSound(step: unknown): boolean {
  if (!isJsonObject(step)) return false;
  const { kind } = step;
  if (typeof kind !== 'string' || !Object.hasOwn(flowStepSchemas, kind)) return false;
  if (checkSchema(flowStepSchemas[kind as FlowStep['kind']], step, '').length > 0) return false;
  return nestedSteps(step).every(({ steps }) => Array.isArray(steps) && steps.every(isSound));
}

/** Copies of steps for a flow: with ids of their own and free names. Expressions among the copied steps follow them. */
export function copiesFor(flow: Pick<Flow, 'steps'>, steps: readonly FlowStep[]): readonly FlowStep[] {
  const names = new Set([...placedSteps(flow).values()].map(({ step }) => step.name));
  const renames = new Map<string, string>();
  for (const { name } of allSteps(steps)) {
    const free = uniqueName(name, (candidate) => names.has(candidate));
    names.add(free);
    renames.set(name, free);
  }
  return renameStepsIn(steps, renames).map((step) => withNewIds(step, renames));
}

function withNewIds(step: FlowStep, names: ReadonlyMap<string, string>): FlowStep {
  const copy: Record<string, unknown> = {
    ...step,
    id: createShortId('stp'),
    name: names.get(step.name) ?? step.name,
  };
  const inner = (steps: unknown): unknown => (steps as readonly FlowStep[]).map((nested) => withNewIds(nested, names));
  for (const key of ['steps', 'catch', 'finally', 'otherwise'])
    if (Array.isArray(copy[key])) copy[key] = inner(copy[key]);
  for (const key of ['branches', 'cases', 'lanes']) {
    const lanes = copy[key];
    if (!Array.isArray(lanes)) continue;
    copy[key] = lanes.map((lane: { readonly steps: unknown }) => ({
      ...lane,
      id: createShortId('br'),
      steps: inner(lane.steps),
    }));
  }
  return copy as unknown as FlowStep;
}
