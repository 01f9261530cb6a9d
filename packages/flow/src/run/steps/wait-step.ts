import { inputError, isJsonObject, type Json } from '@fettle/base';
import type { WaitStep } from '../../plan/planned-step.ts';
import { done, StepFailure, toRunError, type Control } from '../control.ts';
import type { Frame } from '../frame.ts';
import { parseDuration } from '../parse-duration.ts';
import { evaluate, pathOf, recall, record, type RunContext } from '../run-context.ts';
import { waitFor } from './wait-for.ts';

/** Waits shorter than this are waited out in place: putting the run aside would cost more. */
const inPlaceMs = 1_000;

/** Waits for a time, a call to the step's address, or people. The run is put aside meanwhile and holds no worker. */
export async function runWaitStep(context: RunContext, step: WaitStep, frame: Frame): Promise<Control> {
  const before = recall(context, frame, step);
  if (before?.state === 'succeeded' || before?.state === 'previewed') return done;
  try {
    const settings = (before?.input ?? evaluate(context, frame, step, step.settings)) as Readonly<Record<string, Json>>;
    if (context.run.isDryRun) return preview(context, step, frame, settings);
    return step.waitKind === 'duration' || step.waitKind === 'until'
      ? await waitForTime(context, step, frame, { settings, wakeAt: before?.wakeAt })
      : await waitForAnswer(context, step, frame, settings);
  } catch (error) {
    const known = toRunError(error, step.name);
    if (known.code === 'flow.unexpected') throw error;
    record(context, frame, step, { state: 'failed', error: known });
    throw new StepFailure(known);
  }
}

function preview(context: RunContext, step: WaitStep, frame: Frame, settings: Json): Control {
  const output = step.waitKind === 'approval' ? { approved: true, values: {}, by: null, comment: null } : {};
  record(context, frame, step, { state: 'previewed', input: settings, output });
  return done;
}

async function waitForTime(
  context: RunContext,
  step: WaitStep,
  frame: Frame,
  wait: { readonly settings: Readonly<Record<string, Json>>; readonly wakeAt: number | undefined },
): Promise<Control> {
  const { settings } = wait;
  const wakeAt =
    wait.wakeAt ??
    (step.waitKind === 'duration'
      ? context.timer.now() + parseDuration(settings['duration'])
      : parseTime(settings['time']));
  const delay = wakeAt - context.timer.now();
  if (delay > 0) {
    if (wait.wakeAt === undefined) record(context, frame, step, { state: 'waiting', input: settings, wakeAt });
    if (delay > inPlaceMs) return { kind: 'suspended', wakeAt };
    await waitFor(context.timer, delay, frame.signal);
  }
  record(context, frame, step, { state: 'succeeded', output: { until: new Date(wakeAt).toISOString() } });
  return done;
}

async function waitForAnswer(
  context: RunContext,
  step: WaitStep,
  frame: Frame,
  settings: Readonly<Record<string, Json>>,
): Promise<Control> {
  const before = recall(context, frame, step);
  if (before === undefined) record(context, frame, step, { state: 'waiting', input: settings });
  // Whoever answers must find the wait, and the wait its run: what came before it is written first.
  await context.journal.flush();
  const { deadline } = settings;
  const opensAt = before?.startedAt ?? context.timer.now();
  const state = await context.host.openWait({
    run: context.run,
    path: pathOf(frame, step),
    stepName: step.name,
    kind: step.waitKind === 'approval' ? 'approval' : 'callback',
    deadline: isGiven(deadline) ? opensAt + parseDuration(deadline) : undefined,
    ...(step.waitKind === 'approval' ? { approval: approvalOf(settings) } : {}),
  });
  const logs = state.history === undefined || state.history.length === 0 ? {} : { logs: state.history };
  if (state.answer !== undefined) {
    record(context, frame, step, { state: 'succeeded', output: state.answer, ...logs });
    return done;
  }
  if (!state.isExpired) {
    if ((state.history?.length ?? 0) > (before?.logs?.length ?? 0))
      record(context, frame, step, { state: 'waiting', ...logs });
    return { kind: 'suspended', wakeAt: state.wakeAt };
  }
  if (step.waitKind === 'approval') {
    const output = { approved: false, isExpired: true, values: {}, by: null, comment: null };
    record(context, frame, step, { state: 'succeeded', output, ...logs });
    return done;
  }
  throw inputError({
    code: 'flow.wait-expired',
    message: 'Nobody answered before the deadline.',
    hint: 'Catch this failure in a "try" step, or give it more time.',
  });
}

function approvalOf(settings: Readonly<Record<string, Json>>) {
  const texts = (value: Json | undefined): readonly string[] =>
    (Array.isArray(value) ? value : [value])
      .flatMap((item) => (typeof item === 'string' ? item.split(',').map((part) => part.trim()) : []))
      .filter((item) => item !== '');
  const { title, message, fields } = settings;
  return {
    title: typeof title === 'string' ? title : '',
    ...(typeof message === 'string' ? { message } : {}),
    assignees: texts(settings['assignees']),
    fields: Array.isArray(fields) ? fields.filter((field: Json) => isJsonObject(field)) : [],
    escalations: levelsOf(settings).map(({ to, deadline }) => ({
      to: texts(to),
      ...(isGiven(deadline) ? { durationMs: parseDuration(deadline) } : {}),
    })),
  };
}

function levelsOf(settings: Readonly<Record<string, Json>>): readonly Readonly<Record<string, Json>>[] {
  const { escalations, escalateTo } = settings;
  if (Array.isArray(escalations)) return (escalations as readonly Json[]).filter(isJsonObject);
  // A step that began to wait before there were levels.
  return Array.isArray(escalateTo) && escalateTo.length > 0 ? [{ to: escalateTo as Json }] : [];
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '';
}

/** Milliseconds since 1970 of a date-time with a zone, or of a date (midnight UTC). */
function parseTime(value: unknown): number {
  const time = typeof value === 'number' ? value : Date.parse(String(value));
  if (Number.isFinite(time)) return time;
  throw inputError({
    code: 'flow.time',
    message: `"${String(value).slice(0, 60)}" is not a time.`,
    hint: 'Give a time such as 2030-01-31T09:00:00Z.',
  });
}
