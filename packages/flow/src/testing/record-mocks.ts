import { isJsonObject, type Json } from '@fettle/base';
import { allSteps, type Flow, type FlowMock, type FlowStep } from '@fettle/definition';
import type { JournalEntry } from '../journal.ts';
import { keptRowsMark } from '../run/steps/row-items.ts';
import type { TestActions } from './test-world.ts';
import { turnsOf } from './turns.ts';

const most = 500;

/** What the steps of a run gave, as mocks. */
export interface RecordedMocks {
  readonly mocks: readonly FlowMock[];
  /** What could not be taken over, in sentences. */
  readonly notes: readonly string[];
}

/** Takes over what reached outside: outputs, errors, answers and rows. Steps that only compute run again in a test. */
export function recordMocks(
  flow: Flow,
  entries: readonly JournalEntry[],
  actions: Pick<TestActions, 'describe'>,
): RecordedMocks {
  const steps = new Map(allSteps(flow.steps).map((step) => [step.id, step]));
  const mocks: FlowMock[] = [];
  const notes: string[] = [];
  for (const entry of entries) {
    const step = steps.get(entry.stepId);
    if (step === undefined) continue;
    if (entry.kind === 'result') {
      if (entry.path.endsWith(keptRowsMark)) mocks.push({ ...placeOf(entry), output: entry.output ?? [] });
      continue;
    }
    if (step.kind === 'forEach') notes.push(...noteOfRows(step, entry, entries));
    const mock = mockOf(step, entry, actions);
    if (mock !== undefined) mocks.push(mock);
  }
  if (mocks.length > most)
    notes.push(`The run reached outside ${mocks.length} times; the test keeps what the first ${most} gave.`);
  return { mocks: mocks.slice(0, most), notes };
}

/** A mock that gives what a step gave, whatever kind of step it is. */
export function mockOfEntry(entry: JournalEntry): FlowMock {
  const { state, output, error } = entry;
  if ((state === 'failed' || state === 'waiting') && error !== undefined) {
    const { code, message, hint, details } = error;
    return {
      ...placeOf(entry),
      error: {
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(isJsonObject(details) ? { details } : {}),
      },
    };
  }
  // One that was under way when the run ended elsewhere gave nothing.
  return { ...placeOf(entry), output: output ?? null };
}

function mockOf(step: FlowStep, entry: JournalEntry, actions: Pick<TestActions, 'describe'>): FlowMock | undefined {
  switch (step.kind) {
    case 'action': {
      const effect = actions.describe(step.type, settingsOf(entry))?.effect;
      return effect === 'none' ? undefined : mockOfEntry(entry);
    }
    case 'subFlow':
      return entry.state === 'waiting' ? { ...placeOf(entry), expires: true } : mockOfEntry(entry);
    case 'wait': {
      const isForAnswer = step.for.kind === 'approval' || step.for.kind === 'callback';
      if (!isForAnswer || entry.state === 'waiting') return undefined;
      const { output, error } = entry;
      const hasExpired = error?.code === 'flow.wait-expired' || (isJsonObject(output) && output['isExpired'] === true);
      return hasExpired ? { ...placeOf(entry), expires: true } : mockOfEntry(entry);
    }
    default:
      return undefined;
  }
}

/** A dry run keeps beside the settings what it would have done. */
function settingsOf({ input, state }: JournalEntry): Readonly<Record<string, Json>> {
  if (!isJsonObject(input)) return {};
  const { settings } = input;
  return state === 'previewed' && isJsonObject(settings) ? settings : input;
}

function placeOf({ name, scope, path, kind }: JournalEntry): Pick<FlowMock, 'step' | 'turns'> {
  // The scope of what is kept beside a loop is its own path.
  const turns = turnsOf(kind === 'result' ? path : scope);
  return { step: name, ...(turns.length === 0 ? {} : { turns: [...turns] }) };
}

function noteOfRows(
  step: Extract<FlowStep, { kind: 'forEach' }>,
  entry: JournalEntry,
  entries: readonly JournalEntry[],
): readonly string[] {
  if (step.rows === undefined) return [];
  const kept = entries.find(({ path }) => path === `${entry.path}${keptRowsMark}`)?.output;
  const count = isJsonObject(entry.output) ? Number(entry.output['count'] ?? entry.output['done'] ?? 0) : 0;
  const rows = count * (step.batchSize ?? 1);
  const has = Array.isArray(kept) ? kept.length : 0;
  if (count === 0 || has >= rows - (step.batchSize ?? 1) + 1) return [];
  return [`Of the rows that "${step.name}" went over, the run keeps the first ${has}: the test goes over these.`];
}
