import { jsonEquals, type Json } from '@fettle/base';
import { allSteps, type ExpectedStep, type Flow, type FlowTest } from '@fettle/definition';
import type { JournalEntry } from '../journal.ts';
import { cutValue } from './cut-value.ts';
import type { FlowTestResult } from './test-result.ts';
import { turnsOf } from './turns.ts';

const most = { steps: 100, order: 200 } as const;
type Expect = FlowTest['expect'];

/**
 * What a played test must go on to do: end as it did, go the same way, and give the same to what reaches outside. Values
 * that came out differently when it was played once more are left out, with a note.
 */
export function expectPlayed(
  flow: Flow,
  mocked: ReadonlySet<string>,
  first: FlowTestResult,
  second: FlowTestResult,
): { readonly expect: Expect; readonly notes: readonly string[] } {
  const { end } = first;
  const notes: string[] = [];
  const steps = stepsOf(first);
  const ran = new Set(steps.map(({ name }) => name));
  const order = [...ran].slice(0, most.order);
  const never = allSteps(flow.steps).flatMap(({ name, disabled }) =>
    disabled === true || ran.has(name) ? [] : [name],
  );
  const again = new Map(stepsOf(second).map((entry) => [entry.path, entry]));
  const expectedSteps = steps.flatMap((entry) => expectStep(entry, again.get(entry.path), { mocked, notes }));
  if (expectedSteps.length > most.steps)
    notes.push(`What the first ${most.steps} steps that reach outside are given is expected; there are more.`);
  const isSameOrder = jsonEquals(order, [...new Set(stepsOf(second).map(({ name }) => name))].slice(0, most.order));
  const output = outputOf(first, second, notes);
  const isSameError = jsonEquals(end?.error, second.end?.error);
  if (!isSameError) notes.push('The run fails differently each time, so its error is not expected.');
  return {
    expect: {
      state: end?.state ?? 'succeeded',
      ...(end?.error === undefined || !isSameError ? {} : { error: errorOf(end.error) }),
      ...(output === undefined ? {} : { output: { equals: output } }),
      ...(order.length > 0 && isSameOrder ? { order } : {}),
      ...(expectedSteps.length === 0 ? {} : { steps: expectedSteps.slice(0, most.steps) }),
      ...(never.length === 0 ? {} : { never }),
    },
    notes,
  };
}

function stepsOf(result: FlowTestResult): readonly JournalEntry[] {
  return result.entries.filter(({ kind }) => kind !== 'result');
}

function errorOf({ code, step }: { readonly code: string; readonly step?: string }): NonNullable<Expect['error']> {
  return { code, ...(step === undefined ? {} : { step }) };
}

function outputOf(first: FlowTestResult, second: FlowTestResult, notes: string[]): Json | undefined {
  const output = first.end?.output;
  // A flow that returns nothing says nothing by it.
  if (output === undefined || output === null) return undefined;
  if (!jsonEquals(output, second.end?.output)) {
    notes.push('What the flow returns differs each time, so it is not expected.');
    return undefined;
  }
  if (!cutValue(output).isCut) return output;
  notes.push('What the flow returns is too large to be expected.');
  return undefined;
}

function expectStep(
  entry: JournalEntry,
  again: JournalEntry | undefined,
  { mocked, notes }: { readonly mocked: ReadonlySet<string>; readonly notes: string[] },
): readonly ExpectedStep[] {
  const { name: step, state, input } = entry;
  if (!mocked.has(step) || (state !== 'succeeded' && state !== 'failed' && state !== 'waiting')) return [];
  const turns = [...turnsOf(entry.scope)];
  const isSame = input !== undefined && jsonEquals(input, again?.input);
  const isShort = input !== undefined && !cutValue(input).isCut;
  if (input !== undefined && !isSame)
    addOnce(notes, `What "${step}" is given differs each time, so it is not expected.`);
  else if (input !== undefined && !isShort) addOnce(notes, `What "${step}" is given is too large to be expected.`);
  return [
    {
      step,
      ...(turns.length === 0 ? {} : { turns }),
      state,
      ...(isSame && isShort ? { input: { equals: input } } : {}),
    },
  ];
}

function addOnce(notes: string[], note: string): void {
  if (!notes.includes(note)) notes.push(note);
}
