import { isJsonObject, timeoutError, type Json } from '@fettle/base';
import type { RetryPolicy } from '@fettle/definition';
import type { JournalEntry, RunError, StepLog } from '../../journal.ts';
import type { ActionStep } from '../../plan/planned-step.ts';
import { FenceLostError, PreviewInstead, type ActionCall } from '../../ports.ts';
import { done, RunCancelled, RunTimedOut, StepFailure, toRunError, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { assertGoingOn, evaluate, pathOf, recall, record, toJson, type RunContext } from '../run-context.ts';
import { waitFor } from './wait-for.ts';

const limits = { logs: 200, logText: 4_000, shortDelayMs: 2_000, longestDelayMs: 86_400_000, tries: 20 } as const;

/**
 * Runs an action until it succeeds or its tries are used up. An action with an effect outside has a `started` entry
 * before it begins and its outcome is written before the run ends or touches anything else.
 */
export async function runActionStep(context: RunContext, step: ActionStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded' || before?.state === 'previewed') return done;
  let attempt = firstAttempt(before);
  if (before?.state === 'waiting') {
    const control = await sleepUntil(context, frame, before.wakeAt ?? 0);
    if (control !== undefined) return control;
  }
  for (;;) {
    assertGoingOn(context, frame);
    const startedAt = context.timer.now();
    const error = await tryOnce(context, { step, frame, attempt });
    if (error === undefined) return done;
    const delay = delayBefore(step.retry, attempt, error, context.random);
    const known = recall(context, frame, step)?.tries ?? [];
    const failed = { attempt, startedAt, finishedAt: context.timer.now(), error };
    const tries = delay === undefined && known.length === 0 ? {} : { tries: [...known, failed].slice(-limits.tries) };
    if (delay === undefined) {
      record(context, frame, step, { state: 'failed', attempt, error, ...tries });
      throw new StepFailure(error);
    }
    const wakeAt = context.timer.now() + delay;
    record(context, frame, step, { state: 'waiting', attempt, error, wakeAt, ...tries });
    const control = await sleepUntil(context, frame, wakeAt);
    if (control !== undefined) return control;
    attempt += 1;
  }
}

/** An attempt that a crash cut off is made again under its number; a failed one counts. */
function firstAttempt(before: JournalEntry | undefined): number {
  if (before === undefined) return 1;
  return before.state === 'waiting' ? before.attempt + 1 : Math.max(before.attempt, 1);
}

interface Attempt {
  readonly step: ActionStep;
  readonly frame: Frame;
  readonly attempt: number;
}

/** One attempt. Answers the error of a failed one. */
async function tryOnce(context: RunContext, { step, frame, attempt }: Attempt): Promise<RunError | undefined> {
  const path = pathOf(frame, step);
  const logs: StepLog[] = [];
  try {
    const settings = evaluate(context, frame, step, step.settings) as Readonly<Record<string, Json>>;
    const description = context.actions.describe(step.type, settings);
    if (description === undefined) throw new StepFailure(notInstalled(step));
    const idempotencyKey = `${context.run.id}/${path}`;
    const isPreview = context.run.isDryRun && description.effect === 'outside';
    const hasEffect = !isPreview && (description.effect === 'write' || description.effect === 'outside');
    record(context, frame, step, {
      state: 'started',
      attempt,
      input: settings,
      ...(hasEffect ? { idempotencyKey } : {}),
    });
    if (hasEffect) await context.journal.flush();
    else if (description.effect === 'read') context.journal.flushSoon();
    assertGoingOn(context, frame);
    const limit = withTimeLimit(context, frame.signal, step.timeoutMs ?? description.timeoutMs);
    try {
      const call: ActionCall = {
        runId: context.run.id,
        stepId: step.id,
        type: step.type,
        settings,
        attempt,
        idempotencyKey,
        signal: limit.signal,
        log: logger(logs, context),
      };
      const output = isPreview ? undefined : await runOrPreview(context, call, limit);
      if (output === undefined) {
        const preview = await limit.race(context.actions.preview(call));
        const input = { settings, preview: preview.description };
        record(context, frame, step, { state: 'previewed', attempt, input, output: toJson(preview.output), logs });
      } else {
        record(context, frame, step, { state: 'succeeded', attempt, output, ...(logs.length === 0 ? {} : { logs }) });
        if (hasEffect) scheduleFlush(context);
      }
      return undefined;
    } finally {
      limit.end();
    }
  } catch (error) {
    if (error instanceof FenceLostError || error instanceof RunCancelled || error instanceof RunTimedOut) throw error;
    assertGoingOn(context, frame);
    const known = toRunError(error, step.name);
    if (known.code === 'flow.unexpected') context.onUnexpected(error, step.id);
    return known;
  }
}

/** The output; undefined when a dry run is to show the step instead. */
async function runOrPreview(context: RunContext, call: ActionCall, limit: TimeLimit): Promise<Json | undefined> {
  try {
    return toJson(await limit.race(context.actions.run(call)));
  } catch (error) {
    if (context.run.isDryRun && error instanceof PreviewInstead) return undefined;
    throw error;
  }
}

// The next step usually follows within the same turn of the event loop and takes this outcome along with its own start.
function scheduleFlush(context: RunContext): void {
  context.timer.after(0, () => context.journal.flushSoon());
}

function logger(logs: StepLog[], context: RunContext): ActionCall['log'] {
  return (level, message, details) => {
    if (logs.length >= limits.logs) return;
    logs.push({
      at: context.timer.now(),
      level,
      message: message.slice(0, limits.logText),
      ...(details === undefined ? {} : { details }),
    });
  };
}

/** Until a time: in place when it is soon, else the run is put aside. Answers how the run is left, if it is. */
async function sleepUntil(context: RunContext, frame: Frame, wakeAt: number): Promise<Control | undefined> {
  const delay = wakeAt - context.timer.now();
  if (delay <= 0) return undefined;
  if (delay > limits.shortDelayMs) return { kind: 'suspended', wakeAt };
  context.journal.flushSoon();
  await waitFor(context.timer, delay, frame.signal);
  return undefined;
}

/** Milliseconds before the next attempt; undefined when there is none. */
function delayBefore(
  retry: RetryPolicy | undefined,
  attempt: number,
  error: RunError,
  random: () => number,
): number | undefined {
  if (retry === undefined || attempt > retry.count) return undefined;
  if (retry.only !== undefined && retry.only.length > 0 && !retry.only.includes(error.code)) return undefined;
  const delay = retry.backoff === 'exponential' ? retry.delayMs * 2 ** (attempt - 1) : retry.delayMs;
  const spread = retry.jitter === true ? Math.round(delay * (0.5 + random() / 2)) : delay;
  return Math.min(Math.max(spread, toldDelay(error)), limits.longestDelayMs);
}

/** How long the other side asked to be left alone (Retry-After). */
function toldDelay({ details }: RunError): number {
  const told = isJsonObject(details) ? details['retryAfterMs'] : undefined;
  return typeof told === 'number' && told > 0 ? told : 0;
}

interface TimeLimit {
  readonly signal: AbortSignal;
  readonly race: <T>(work: Promise<T>) => Promise<T>;
  readonly end: () => void;
}

/** A signal for one attempt: fires with the run's and at the time limit; an action that ignores it is left behind. */
function withTimeLimit(context: RunContext, outer: AbortSignal, timeoutMs: number): TimeLimit {
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer.reason);
  outer.addEventListener('abort', abort, { once: true });
  const cancelTimer = context.timer.after(timeoutMs, () =>
    controller.abort(
      timeoutError({
        code: 'flow.step-timeout',
        message: `The step took longer than ${timeoutMs} milliseconds.`,
        hint: 'Give it more time, or let it do less at once.',
      }),
    ),
  );
  const { signal } = controller;
  return {
    signal,
    race: <T>(work: Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        const stop = (): void => reject(signal.reason as Error);
        signal.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject);
      }),
    end: (): void => {
      cancelTimer();
      outer.removeEventListener('abort', abort);
    },
  };
}

const notInstalled = (step: ActionStep): RunError => ({
  code: 'flow.action-not-installed',
  message: `The action "${step.type}" is not installed.`,
  hint: 'Install the plugin it comes from, or replace the step.',
  step: step.name,
});
