import { canonicalJson, type Json } from '@fettle/base';
import type { EvaluationLimits } from '@fettle/expression';
import type { EntryState, FailedAttempt, JournalEntry, RunError, StepLog } from '../journal.ts';
import type { Evaluate } from '../plan/compile-value.ts';
import type { PlannedStep, PlannedSteps } from '../plan/planned-step.ts';
import type { ActionHost, ClaimedRun, RunHost } from '../ports.ts';
import { RunCancelled, RunTimedOut, StepFailure, toRunError, type Control } from './control.ts';
import type { Frame } from './frame.ts';
import type { Journal } from './journal.ts';

/** Time as the engine needs it. */
export interface Timer {
  now(): number;
  /** Calls back after some milliseconds; answers how to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/** What the steps of one run work with. */
export interface RunContext {
  readonly run: ClaimedRun;
  readonly journal: Journal;
  readonly actions: ActionHost;
  readonly host: RunHost;
  readonly timer: Timer;
  readonly limits: EvaluationLimits;
  /** SHA-256 as hexadecimal text. */
  readonly hash: (text: string) => string;
  /** When the whole run must have ended. */
  readonly deadline: number | undefined;
  readonly isCancelled: () => boolean;
  /** Told of errors that are nobody's: programming errors in actions. */
  readonly onUnexpected: (error: unknown, stepId: string) => void;
  /** Waited for before each step. */
  readonly pause: (() => Promise<void> | undefined) | undefined;
  /** Spreads the delays of retries: from 0 up to 1. */
  readonly random: () => number;
  /** Runs a list of steps in order. */
  readonly runSteps: (steps: PlannedSteps, frame: Frame) => Promise<Control>;
}

/** Where a step stands in its run. */
export function pathOf(frame: Frame, step: PlannedStep): string {
  return `${frame.scope}${step.id}`;
}

/** Throws when the run must not go on. */
export function assertGoingOn(context: RunContext, frame: Frame): void {
  if (context.isCancelled()) throw new RunCancelled();
  if (frame.signal.aborted) throw frame.signal.reason;
  if (context.deadline !== undefined && context.timer.now() >= context.deadline) throw new RunTimedOut();
}

/** Evaluates a setting of a step. A binding that fails is a failure of the step. */
export function evaluate(context: RunContext, frame: Frame, step: PlannedStep, value: Evaluate): Json {
  try {
    return toJson(value(frame.names, context.limits));
  } catch (error) {
    throw new StepFailure(toRunError(error, step.name));
  }
}

/** What is no JSON has no place in a journal: `undefined` becomes null, dates and numbers become themselves as JSON. */
export function toJson(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}

/** What changes about an entry from one state to the next. */
export interface EntryFacts {
  readonly state: EntryState;
  readonly attempt?: number;
  readonly input?: Json;
  readonly output?: Json;
  readonly error?: RunError;
  readonly wakeAt?: number;
  readonly logs?: readonly StepLog[];
  readonly idempotencyKey?: string;
  readonly tries?: readonly FailedAttempt[];
}

/** Records what became of a step, and lets expressions see it. */
export function record(context: RunContext, frame: Frame, step: PlannedStep, facts: EntryFacts): JournalEntry {
  const path = pathOf(frame, step);
  const before = context.journal.find(frame.scope, path);
  const now = context.timer.now();
  const { input, ...rest } = facts;
  const entry: JournalEntry = {
    path,
    scope: frame.scope,
    stepId: step.id,
    name: step.name,
    kind: step.kind,
    attempt: facts.attempt ?? before?.attempt ?? 0,
    startedAt: before?.startedAt ?? now,
    ...(input === undefined ? keptInput(before) : { input, inputHash: context.hash(canonicalJson(input)) }),
    ...(before?.tries === undefined ? {} : { tries: before.tries }),
    ...(before?.idempotencyKey === undefined ? {} : { idempotencyKey: before.idempotencyKey }),
    ...rest,
    ...(facts.state === 'started' || facts.state === 'waiting' ? {} : { finishedAt: now }),
  };
  context.journal.record(entry);
  showResult(frame, step.name, entry);
  return entry;
}

function keptInput(before: JournalEntry | undefined): Partial<JournalEntry> {
  if (before?.input === undefined) return {};
  return { input: before.input, ...(before.inputHash === undefined ? {} : { inputHash: before.inputHash }) };
}

/** Lets expressions see an entry that was recorded earlier. */
export function showResult(frame: Frame, name: string, entry: JournalEntry): void {
  frame.setResult(name, {
    output: entry.output ?? null,
    state: entry.state,
    ...(entry.error === undefined ? {} : { error: entry.error as unknown as Json }),
  });
}

/** The entry of a step so far: what an earlier worker left, or this one. */
export function recall(context: RunContext, frame: Frame, step: PlannedStep): JournalEntry | undefined {
  return context.journal.find(frame.scope, pathOf(frame, step));
}

/** Whether a condition holds. Texts from forms and numbers from databases count as people expect. */
export function isTrue(value: Json): boolean {
  return value !== null && value !== false && value !== '' && value !== 0 && value !== 'false';
}
