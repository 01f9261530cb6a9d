import { jsonEquals, type Json } from '@fettle/base';
import type { Flow, FlowMock, FlowTest } from '@fettle/definition';
import type { JournalEntry, RunError, RunState } from '../journal.ts';
import { cutValue } from './cut-value.ts';
import { expectPlayed } from './expect-played.ts';
import { findSecrets, hideSecrets } from './hide-secrets.ts';
import { mockOfEntry, recordMocks } from './record-mocks.ts';
import { runFlowTest, type FlowTestHost } from './run-flow-test.ts';
import type { FlowTestResult } from './test-result.ts';

/** A run that a test is made of. */
export interface RecordedRun {
  /** `succeeded`, `failed` or `waiting`. */
  readonly state: RunState;
  readonly trigger: Json;
  readonly user: FlowTest['user'] | null;
  readonly environment: string;
  readonly error?: RunError;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Its journal, in the order the steps began. */
  readonly entries: readonly JournalEntry[];
}

/** A test, and what of its run it does not hold, in sentences. */
export interface MadeFlowTest {
  readonly test: FlowTest;
  readonly notes: readonly string[];
}

/**
 * Makes a test of a run: what started it, what the world gave its steps, and that it goes the same way and gives the same
 * to the world. It is played twice on the flow as it was, so that it passes there at once: what follows from the clock or
 * from chance is taken as the test gives it, or left out. Secrets are hidden, large values cut.
 */
export async function makeFlowTest(
  run: RecordedRun,
  flow: Flow,
  options: { readonly id: string; readonly name: string; readonly host: FlowTestHost },
): Promise<MadeFlowTest> {
  const recorded = recordMocks(flow, run.entries, options.host.actions);
  const base = prepare(run, { id: options.id, name: options.name, flow: flow.id, mocks: recorded.mocks });
  const settled = await settle(base.test, flow, { run, host: options.host });
  const mocked = new Set((settled.test.mocks ?? []).map(({ step }) => step));
  for (const { name, state } of settled.first.entries) if (state === 'waiting') mocked.add(name);
  const { expect, notes } = expectPlayed(flow, mocked, settled.first, settled.second);
  const cutNotes = [...recorded.notes, ...base.notes];
  return {
    test: { ...settled.test, expect },
    notes: [...cutNotes, ...waysApart(run, settled.first, cutNotes.length > 0), ...notes],
  };
}

/** The test without expectations: nothing secret and nothing large is in it any more. */
function prepare(
  run: RecordedRun,
  draft: Pick<FlowTest, 'id' | 'name' | 'flow'> & { readonly mocks: readonly FlowMock[] },
): MadeFlowTest {
  const { mocks, ...head } = draft;
  const notes: string[] = [];
  const secrets = findSecrets([run.trigger, mocks.map(({ output, error }) => [output ?? null, error ?? null])] as Json);
  if (secrets.size > 0) notes.push('Values that look like secrets are shown as •••.');
  const clean = (value: Json, what: string): Json => {
    const { value: short, isCut } = cutValue(hideSecrets(value, secrets));
    if (isCut) notes.push(`${what} was cut: it is too large for a test.`);
    return short;
  };
  const test: FlowTest = {
    ...head,
    trigger: clean(run.trigger, 'What started the run'),
    ...(run.user === null || run.user === undefined ? {} : { user: run.user }),
    ...(run.environment === 'development' ? {} : { env: { name: run.environment } }),
    clock: new Date(run.createdAt).toISOString(),
    ...(mocks.length === 0
      ? {}
      : {
          mocks: mocks.map((mock) => ({
            ...mock,
            ...(mock.output === undefined ? {} : { output: clean(mock.output as Json, `What "${mock.step}" gave`) }),
            ...(mock.error === undefined
              ? {}
              : { error: clean(mock.error as Json, `The error of "${mock.step}"`) as NonNullable<FlowMock['error']> }),
          })),
        }),
    expect: { state: 'succeeded' },
  };
  return { test, notes: [...new Set(notes)] };
}

interface Settled {
  readonly test: FlowTest;
  readonly first: FlowTestResult;
  readonly second: FlowTestResult;
}

/** Steps that only compute and yet give something else each time (a script with chance in it) get a mock, too. */
async function settle(
  test: FlowTest,
  flow: Flow,
  { run, host }: { readonly run: RecordedRun; readonly host: FlowTestHost },
): Promise<Settled> {
  // Flows that the run called are mocked by what they gave.
  const flows = { [flow.id]: flow };
  const first = await runFlowTest(test, flows, host);
  const second = await runFlowTest(test, flows, host);
  const before = new Map(run.entries.map((entry) => [entry.path, entry]));
  const again = new Map(second.entries.map((entry) => [entry.path, entry]));
  const unsteady = first.entries.flatMap((entry) => {
    const recorded = before.get(entry.path);
    if (entry.kind !== 'action' || recorded === undefined) return [];
    const other = again.get(entry.path);
    const isSteady = entry.state === other?.state && jsonEquals(entry.output, other.output);
    const isSameEnd = endingOf(entry) === endingOf(recorded);
    return isSteady && isSameEnd ? [] : [mockOfEntry(recorded)];
  });
  if (unsteady.length === 0) return { test, first, second };
  const settled = { ...test, mocks: [...(test.mocks ?? []), ...unsteady].slice(0, 1000) };
  return {
    test: settled,
    first: await runFlowTest(settled, flows, host),
    second: await runFlowTest(settled, flows, host),
  };
}

/** A dry run shows what a test mocks: both count as done. */
function endingOf({ state }: JournalEntry): string {
  return state === 'previewed' ? 'succeeded' : state;
}

/** Says so when the test does not go the way its run went. */
function waysApart(run: RecordedRun, played: FlowTestResult, isCut: boolean): readonly string[] {
  const [difference] = played.end === undefined ? played.differences : [];
  if (difference !== undefined) return [`The test cannot be played as the run was: ${difference.message}`];
  const way = (entries: readonly JournalEntry[]): readonly string[] =>
    entries
      .filter(({ kind }) => kind !== 'result')
      .map((entry) => `${entry.path} ${endingOf(entry)}`)
      .toSorted();
  const isSameEnd = played.end?.state === run.state;
  if (isSameEnd && (isCut || jsonEquals(way(run.entries), way(played.entries)))) return [];
  return isSameEnd
    ? ['The test goes another way than the run did. Look through what it expects.']
    : [
        `The run has ${run.state === 'waiting' ? 'not ended' : run.state}, the test has not. Look through what it expects.`,
      ];
}
