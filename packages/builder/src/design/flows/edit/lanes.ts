import type { Flow, FlowBranch, FlowCase, FlowLane, FlowStep } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { placedSteps } from './step-tree.ts';

/** A branch, case or lane without what is in it: what its form shows. */
export type LaneHead = Readonly<Record<string, unknown>> & { readonly id: string };

/** The member of a step that holds its branches, cases or lanes. */
export function laneKey(step: FlowStep): 'branches' | 'cases' | 'lanes' | undefined {
  if (step.kind === 'branch') return 'branches';
  if (step.kind === 'switch') return 'cases';
  return step.kind === 'parallel' ? 'lanes' : undefined;
}

function lanesOf(step: FlowStep): readonly (FlowBranch | FlowCase | FlowLane)[] {
  if (step.kind === 'branch') return step.branches;
  if (step.kind === 'switch') return step.cases;
  return step.kind === 'parallel' ? step.lanes : [];
}

/** The branches, cases or lanes of a step without the steps in them. */
export function laneHeads(step: FlowStep): readonly LaneHead[] {
  return lanesOf(step).map(({ steps: _steps, ...head }) => head);
}

/** The command that adds one more branch, case or lane to a step. */
export function addLane(flow: Flow, stepId: string, id: string): Command | undefined {
  const step = placedSteps(flow).get(stepId)?.step;
  const key = step && laneKey(step);
  if (step === undefined || key === undefined) return undefined;
  const added = {
    id,
    ...(key === 'branches' ? { condition: '' } : key === 'cases' ? { equals: '' } : {}),
    steps: [],
  };
  return { type: 'step.update', flow: flow.id, step: stepId, changes: { [key]: [...lanesOf(step), added] } };
}

/**
 * The command that brings the heads of a step's lanes to others: of one lane alone when only that differs, else of all.
 * Lanes keep the steps in them by their ids; new ones are empty.
 */
export function changeLanes(
  flow: string,
  step: FlowStep,
  heads: readonly LaneHead[],
): { readonly command: Command; readonly mergeKey?: string } | undefined {
  const key = laneKey(step);
  if (key === undefined) return undefined;
  const before = lanesOf(step);
  const isSameList = before.length === heads.length && heads.every(({ id }, index) => before[index]?.id === id);
  if (!isSameList) {
    const steps = new Map<string, readonly FlowStep[]>(before.map((lane) => [lane.id, lane.steps]));
    const lanes = heads.map((head) => ({ ...completed(key, head), steps: steps.get(head.id) ?? [] }));
    return { command: { type: 'step.update', flow, step: step.id, changes: { [key]: lanes } } };
  }
  for (const [index, head] of heads.entries()) {
    const old = before[index] as unknown as Readonly<Record<string, unknown>>;
    const changes = changesBetween(old, completed(key, head));
    if (Object.keys(changes).length === 0) continue;
    return {
      command: { type: 'step.update', flow, step: step.id, branch: head.id, changes },
      mergeKey: `lane:${head.id}:${Object.keys(changes).join()}`,
    };
  }
  return undefined;
}

/** What a lane must have, also while nothing is written there. */
function completed(key: 'branches' | 'cases' | 'lanes', head: LaneHead): LaneHead {
  if (key === 'branches') return { condition: '', ...head };
  return key === 'cases' ? { equals: '', ...head } : head;
}

function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  keys.delete('steps');
  return Object.fromEntries(
    [...keys].filter((key) => before[key] !== after[key]).map((key) => [key, after[key] ?? null]),
  );
}
