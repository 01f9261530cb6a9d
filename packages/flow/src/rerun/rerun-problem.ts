import { labelFromName } from '@fettle/base';
import type { FlowStep } from '@fettle/definition';

/** Why a run cannot be played again from a step. */
export interface RerunProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Thrown inside of this folder only: its doors answer a Result. */
export class CannotRerun extends Error {
  override readonly name = 'CannotRerun';
  readonly problem: RerunProblem;

  constructor(problem: RerunProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const nameOf = (step: Pick<FlowStep, 'name'>): string => labelFromName(step.name);

/** What there is to say, in words for whoever chose the step. */
export const rerunProblems = {
  noPlace: (): RerunProblem => ({
    code: 'flow-rerun.no-place',
    message: 'This version of the flow has no such step at this place.',
    hint: 'Run it on the version it had, or start from an earlier step.',
  }),
  differs: (step: FlowStep): RerunProblem => ({
    code: 'flow-rerun.steps-differ',
    message: `"${nameOf(step)}" comes before this step and is not the same as it was in the run.`,
    hint: `Start from "${nameOf(step)}" or earlier, or run it on the version it had.`,
  }),
  notOver: (step: FlowStep): RerunProblem => ({
    code: 'flow-rerun.not-reached',
    message: `"${nameOf(step)}" comes before this step and was not finished in the run.`,
    hint: `Start from "${nameOf(step)}" or earlier.`,
  }),
  otherWay: (step: FlowStep): RerunProblem => ({
    code: 'flow-rerun.other-way',
    message: `The run did not go this way at "${nameOf(step)}".`,
    hint: `Start from "${nameOf(step)}", or from a step that the run came to.`,
  }),
  noTurn: (step: FlowStep, turn: number): RerunProblem => ({
    code: 'flow-rerun.no-turn',
    message: `The run did not come to turn ${turn + 1} of "${nameOf(step)}".`,
    hint: `Start from a turn that began, or from "${nameOf(step)}".`,
  }),
  rowPlaceUnknown: (step: FlowStep): RerunProblem => ({
    code: 'flow-rerun.rows-moved',
    message: `Where "${nameOf(step)}" stood in its table at this turn is not known any more.`,
    hint: `Start from "${nameOf(step)}".`,
  }),
  noFailedStep: (): RerunProblem => ({
    code: 'flow-rerun.no-failed-step',
    message: 'No step of this run failed or was cut off.',
    hint: 'Choose the step to start from, or start from the beginning.',
  }),
} as const;
