import { assertNever, type Clock, type Json } from '@fettle/base';
import {
  createScope,
  createScopeObject,
  loadLibrary,
  type EvaluationLimits,
  type LibraryDefinitions,
} from '@fettle/expression';
import type { JournalEntry, RunError } from '../journal.ts';
import type { FlowPlan } from '../plan/plan-flow.ts';
import type { PlannedStep, PlannedSteps } from '../plan/planned-step.ts';
import { FenceLostError, type ActionHost, type ClaimedRun, type RunHost, type RunStore } from '../ports.ts';
import { done, earlier, RunCancelled, RunTimedOut, StepFailure, type Control } from './control.ts';
import { Frame } from './frame.ts';
import { Journal } from './journal.ts';
import { assertGoingOn, recall, record, showResult, type RunContext, type Timer } from './run-context.ts';
import { runActionStep } from './steps/action-step.ts';
import { runBranchStep, runSwitchStep } from './steps/choice-steps.ts';
import { runReturnStep, runSetVariablesStep, runStopStep } from './steps/ending-steps.ts';
import { runForEachStep } from './steps/for-each-step.ts';
import { runParallelStep } from './steps/parallel-step.ts';
import { runSubFlowStep } from './steps/sub-flow-step.ts';
import { runTryStep } from './steps/try-step.ts';
import { runWaitStep } from './steps/wait-step.ts';
import { runWhileStep } from './steps/while-step.ts';

/** What playing a run needs. */
export interface PlayOptions {
  readonly run: ClaimedRun;
  readonly plan: FlowPlan;
  readonly store: RunStore;
  readonly actions: ActionHost;
  readonly host: RunHost;
  readonly timer: Timer;
  /** Fires when the worker gives the run up: it is cancelled, its lease is lost, or the server stops. */
  readonly signal: AbortSignal;
  readonly hash: (text: string) => string;
  readonly limits?: EvaluationLimits;
  /** Functions of plugins that the app's expressions call. */
  readonly functions?: LibraryDefinitions | undefined;
  /** What expressions call `env`. */
  readonly env: Readonly<Record<string, Json>>;
  /** Told of errors that are nobody's: programming errors in actions. The journal says nothing of them. */
  readonly onUnexpected: (error: unknown, stepId: string) => void;
  /** Told of every entry of the journal as it is recorded, before it is written. */
  readonly observe?: (entry: JournalEntry) => void;
  /** Asked before each step: what it answers is waited for. For hosts that have more to do than this run. */
  readonly pause?: () => Promise<void> | undefined;
  /** Spreads the delays of retries. Default: chance. */
  readonly random?: () => number;
}

/** How a worker leaves a run. `lost`: another worker has it. `released`: the worker stopped; it goes on elsewhere. */
export type PlayEnd =
  | { readonly state: 'succeeded'; readonly output: Json }
  | { readonly state: 'failed'; readonly error: RunError }
  | { readonly state: 'cancelled' }
  | { readonly state: 'waiting'; readonly wakeAt: number | undefined }
  | { readonly state: 'lost' | 'released' };

/** Reason of an abort that cancels the run, as against one that only takes it from this worker. */
export const cancelReason = new RunCancelled();

/**
 * Plays a claimed run until it ends, waits or is taken away. Steps that the journal knows are not run again. The end is
 * written under the run's fence before it is answered.
 */
export async function playRun(options: PlayOptions): Promise<PlayEnd> {
  const journal = openJournal(options);
  const context = contextOf(options, journal);
  try {
    await journal.open('');
    const frame = topFrame(options, context);
    const end = await ending(context, () => context.runSteps(options.plan.steps, frame));
    if (end === undefined) {
      await journal.flush();
      return { state: 'released' };
    }
    await journal.flush(end);
    return end;
  } catch (error) {
    if (error instanceof FenceLostError) return { state: 'lost' };
    throw error;
  }
}

function openJournal({ run, plan, store, timer, observe }: PlayOptions): Journal {
  return new Journal({
    store,
    runId: run.id,
    fence: run.fence,
    isResumed: run.isResumed,
    vars: { ...plan.initialVars, ...run.vars },
    now: () => timer.now(),
    observe,
  });
}

function contextOf(options: PlayOptions, journal: Journal): RunContext {
  const { run, plan, timer, signal } = options;
  const clock: Clock = { now: () => timer.now() };
  const { timeoutMs } = plan.flow;
  const context: RunContext = {
    run,
    journal,
    actions: options.actions,
    host: options.host,
    timer,
    limits: { ...options.limits, clock, functions: loadLibrary(options.functions) },
    hash: options.hash,
    deadline: timeoutMs === undefined ? undefined : run.createdAt + timeoutMs,
    isCancelled: () => run.isCancelRequested || (signal.aborted && signal.reason === cancelReason),
    onUnexpected: options.onUnexpected,
    pause: options.pause,
    random: options.random ?? Math.random,
    runSteps: (steps, frame) => runSteps(context, steps, frame),
  };
  return context;
}

function topFrame({ run, plan, env, host, signal }: PlayOptions, context: RunContext): Frame {
  const vars = createScopeObject({
    get: (name) => context.journal.vars[name],
    has: (name) => Object.hasOwn(context.journal.vars, name),
    keys: () => Object.keys(context.journal.vars),
  });
  const links = createScopeObject({
    get: (name) => {
      const id = plan.ids[name] ?? '';
      return host.waitAddress(run.id, id, plan.approvals.has(id) ? 'approval' : 'callback');
    },
    has: (name) => Object.hasOwn(plan.ids, name),
    keys: () => Object.keys(plan.ids),
  });
  const outer = createScope({ trigger: run.trigger, user: run.user, env, vars, run: { id: run.id, links } });
  const frame = new Frame({ scope: '', signal, names: {}, outer });
  for (const entry of context.journal.entriesOf('')) showResult(frame, entry.name, entry);
  return frame;
}

/** How the run is left; undefined when this worker only lets go of it. */
async function ending(
  context: RunContext,
  work: () => Promise<Control>,
): Promise<Exclude<PlayEnd, { readonly state: 'lost' | 'released' }> | undefined> {
  try {
    const control = await work();
    switch (control.kind) {
      case 'done':
        return { state: 'succeeded', output: null };
      case 'return':
        return { state: 'succeeded', output: control.value };
      case 'suspended':
        return { state: 'waiting', wakeAt: earlier(control.wakeAt, context.deadline) };
      case 'stop':
        return control.outcome === 'success'
          ? { state: 'succeeded', output: null }
          : { state: 'failed', error: { code: 'flow.stopped', message: control.message || 'The flow was stopped.' } };
      default:
        return assertNever(control);
    }
  } catch (error) {
    if (error instanceof StepFailure) return { state: 'failed', error: error.error };
    if (error instanceof FenceLostError) throw error;
    if (context.isCancelled()) return { state: 'cancelled' };
    if (error instanceof RunTimedOut) {
      return {
        state: 'failed',
        error: { code: 'flow.timeout', message: error.message, hint: 'Raise the time limit of the flow.' },
      };
    }
    return undefinedWhenReleased(error);
  }
}

/** A worker that stops aborts its runs with a {@link RunReleased}; anything else is a bug and is thrown. */
function undefinedWhenReleased(error: unknown): undefined {
  if (error instanceof RunReleased) return undefined;
  throw error;
}

/** Reason of an abort by which a worker lets go of a run: it goes on elsewhere. */
export class RunReleased extends Error {
  constructor() {
    super('The worker stopped; the run goes on elsewhere.');
    this.name = 'RunReleased';
  }
}

async function runSteps(context: RunContext, steps: PlannedSteps, frame: Frame): Promise<Control> {
  for (const step of steps) {
    const pause = context.pause?.();
    if (pause !== undefined) await pause;
    assertGoingOn(context, frame);
    const control = await runStepOnce(context, step, frame);
    if (control.kind !== 'done') return control;
  }
  return done;
}

/** Runs a step. One that failed before fails again from the journal; one that fails is in the journal. */
async function runStepOnce(context: RunContext, step: PlannedStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'failed' && before.error !== undefined) throw new StepFailure(before.error);
  try {
    return await runStep(context, step, frame);
  } catch (error) {
    if (error instanceof StepFailure && recall(context, frame, step) === undefined)
      record(context, frame, step, { state: 'failed', error: error.error });
    throw error;
  }
}

function runStep(context: RunContext, step: PlannedStep, frame: Frame): Promise<Control> | Control {
  switch (step.kind) {
    case 'action':
      return runActionStep(context, step, frame);
    case 'branch':
      return runBranchStep(context, step, frame);
    case 'switch':
      return runSwitchStep(context, step, frame);
    case 'forEach':
      return runForEachStep(context, step, frame);
    case 'while':
      return runWhileStep(context, step, frame);
    case 'parallel':
      return runParallelStep(context, step, frame);
    case 'try':
      return runTryStep(context, step, frame);
    case 'wait':
      return runWaitStep(context, step, frame);
    case 'subFlow':
      return runSubFlowStep(context, step, frame);
    case 'setVariables':
      return runSetVariablesStep(context, step, frame);
    case 'stop':
      return runStopStep(context, step, frame);
    case 'return':
      return runReturnStep(context, step, frame);
    default:
      return assertNever(step);
  }
}
