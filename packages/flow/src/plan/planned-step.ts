import type { FlowStep, FlowStepBase } from '@fettle/definition';
import type { Evaluate } from './compile-value.ts';

/** What every step of a plan has. */
type Base = Pick<FlowStepBase, 'id' | 'name' | 'retry' | 'timeoutMs'>;
/** Steps in order; disabled ones are not in it. */
export type PlannedSteps = readonly PlannedStep[];

/** An action with its settings compiled. */
export interface ActionStep extends Base {
  readonly kind: 'action';
  readonly type: string;
  readonly settings: Evaluate;
}

/** Steps under the first condition that holds. */
export interface BranchStep extends Base {
  readonly kind: 'branch';
  readonly branches: readonly { readonly id: string; readonly condition: Evaluate; readonly steps: PlannedSteps }[];
  readonly otherwise: PlannedSteps;
}

/** Steps under the case that equals the value. */
export interface SwitchStep extends Base {
  readonly kind: 'switch';
  readonly value: Evaluate;
  readonly cases: readonly { readonly id: string; readonly equals: Evaluate; readonly steps: PlannedSteps }[];
  readonly otherwise: PlannedSteps;
}

/** Steps for each item of a list or each row of a table. */
export interface ForEachStep extends Base {
  readonly kind: 'forEach';
  readonly items: Evaluate | undefined;
  readonly rows: Evaluate | undefined;
  readonly as: string;
  readonly concurrency: number;
  readonly batchSize: number | undefined;
  readonly collect: Evaluate | undefined;
  readonly steps: PlannedSteps;
}

/** Steps as long as a condition holds. */
export interface WhileStep extends Base {
  readonly kind: 'while';
  readonly condition: Evaluate;
  readonly limit: number;
  readonly steps: PlannedSteps;
}

/** Lists of steps beside each other. */
export interface ParallelStep extends Base {
  readonly kind: 'parallel';
  readonly lanes: readonly { readonly id: string; readonly steps: PlannedSteps }[];
  readonly join: 'all' | 'first';
}

/** Steps with what happens when one fails, and in any case. */
export interface TryStep extends Base {
  readonly kind: 'try';
  readonly steps: PlannedSteps;
  readonly catch: PlannedSteps | undefined;
  readonly finally: PlannedSteps;
}

/** Waits for time, a call or people. `settings` gives the wait with its texts evaluated. */
export interface WaitStep extends Base {
  readonly kind: 'wait';
  readonly waitKind: Extract<FlowStep, { kind: 'wait' }>['for']['kind'];
  readonly settings: Evaluate;
}

/** Runs another flow. */
export interface SubFlowStep extends Base {
  readonly kind: 'subFlow';
  readonly flow: string;
  readonly input: Evaluate;
  readonly mode: 'call' | 'start';
}

/** Sets variables. */
export interface SetVariablesStep extends Base {
  readonly kind: 'setVariables';
  readonly values: Evaluate;
}

/** Ends the run. */
export interface StopStep extends Base {
  readonly kind: 'stop';
  readonly outcome: 'success' | 'failure';
  readonly message: Evaluate;
}

/** Ends the run with an output. */
export interface ReturnStep extends Base {
  readonly kind: 'return';
  readonly value: Evaluate;
}

/** A step ready to be run. */
export type PlannedStep =
  | ActionStep
  | BranchStep
  | SwitchStep
  | ForEachStep
  | WhileStep
  | ParallelStep
  | TryStep
  | WaitStep
  | SubFlowStep
  | SetVariablesStep
  | StopStep
  | ReturnStep;
