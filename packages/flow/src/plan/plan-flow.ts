import { assertNever, type Json } from '@fettle/base';
import { allSteps, type Flow, type FlowStep } from '@fettle/definition';
import { compileExpressionText, compileValue } from './compile-value.ts';
import type { PlannedStep, PlannedSteps } from './planned-step.ts';

/** A flow ready to be run. */
export interface FlowPlan {
  readonly flow: Flow;
  readonly steps: PlannedSteps;
  /** Variables as a run begins with them. */
  readonly initialVars: Readonly<Record<string, Json>>;
  /** Step name → id, of the whole tree. */
  readonly ids: Readonly<Record<string, string>>;
  /** Ids of the steps that ask people. */
  readonly approvals: ReadonlySet<string>;
}

const plans = new WeakMap<Flow, FlowPlan>();

/** Compiles a valid flow once for as long as its object lives. */
export function planFlow(flow: Flow): FlowPlan {
  const known = plans.get(flow);
  if (known !== undefined) return known;
  const ids: Record<string, string> = {};
  const plan: FlowPlan = {
    flow,
    steps: planSteps(flow.steps, ids),
    initialVars: Object.fromEntries(
      (flow.variables ?? []).map(({ name, initial }) => [name, (initial ?? null) as Json]),
    ),
    ids,
    approvals: new Set(
      allSteps(flow.steps).flatMap((step) => (step.kind === 'wait' && step.for.kind === 'approval' ? [step.id] : [])),
    ),
  };
  plans.set(flow, plan);
  return plan;
}

function planSteps(steps: readonly FlowStep[] | undefined, ids: Record<string, string>): PlannedSteps {
  return (steps ?? []).filter((step) => step.disabled !== true).map((step) => planStep(step, ids));
}

function planStep(step: FlowStep, ids: Record<string, string>): PlannedStep {
  ids[step.name] = step.id;
  const base = {
    id: step.id,
    name: step.name,
    ...(step.retry === undefined ? {} : { retry: step.retry }),
    ...(step.timeoutMs === undefined ? {} : { timeoutMs: step.timeoutMs }),
  };
  const plan = (list: readonly FlowStep[] | undefined): PlannedSteps => planSteps(list, ids);
  switch (step.kind) {
    case 'action':
      return { ...base, kind: step.kind, type: step.type, settings: compileValue(step.settings) };
    case 'branch':
      return {
        ...base,
        kind: step.kind,
        branches: step.branches.map(({ id, condition, steps }) => ({
          id,
          condition: compileExpressionText(condition),
          steps: plan(steps),
        })),
        otherwise: plan(step.otherwise),
      };
    case 'switch':
      return {
        ...base,
        kind: step.kind,
        value: compileExpressionText(step.value),
        cases: step.cases.map(({ id, equals, steps }) => ({ id, equals: compileValue(equals), steps: plan(steps) })),
        otherwise: plan(step.otherwise),
      };
    case 'forEach':
      return {
        ...base,
        kind: step.kind,
        items: step.items === undefined ? undefined : compileExpressionText(step.items),
        rows: step.rows === undefined ? undefined : compileValue(step.rows),
        as: step.as ?? 'item',
        concurrency: step.concurrency ?? 1,
        batchSize: step.batchSize,
        collect: step.collect === undefined ? undefined : compileExpressionText(step.collect),
        steps: plan(step.steps),
      };
    case 'while':
      return {
        ...base,
        kind: step.kind,
        condition: compileExpressionText(step.condition),
        limit: step.limit,
        steps: plan(step.steps),
      };
    case 'parallel':
      return {
        ...base,
        kind: step.kind,
        lanes: step.lanes.map(({ id, steps }) => ({ id, steps: plan(steps) })),
        join: step.join ?? 'all',
      };
    case 'try':
      return {
        ...base,
        kind: step.kind,
        steps: plan(step.steps),
        catch: step.catch === undefined ? undefined : plan(step.catch),
        finally: plan(step.finally),
      };
    case 'wait':
      return { ...base, kind: step.kind, waitKind: step.for.kind, settings: compileValue(step.for) };
    case 'subFlow':
      return { ...base, kind: step.kind, flow: step.flow, input: compileValue(step.input ?? {}), mode: step.mode };
    case 'setVariables':
      return { ...base, kind: step.kind, values: compileValue(step.values) };
    case 'stop':
      return { ...base, kind: step.kind, outcome: step.outcome, message: compileValue(step.message ?? '') };
    case 'return':
      return { ...base, kind: step.kind, value: compileValue(step.value) };
    default:
      return assertNever(step);
  }
}
