import type { FlowTestOutcome } from '@fettle/contract';
import type { App, Flow, FlowTest } from '@fettle/definition';
import { create } from 'zustand';

/** What came of a test when it was run last, and of what. */
export interface KnownResult {
  readonly outcome: FlowTestOutcome;
  readonly test: FlowTest | undefined;
  readonly flow: Flow | undefined;
}

/** Results of tests by id, as long as the page is open. */
export const useTestResults = create<{ readonly results: Readonly<Record<string, KnownResult>> }>(() => ({
  results: {},
}));

/** Takes results in. `app` is what was tested: a later edit of the test or its flow makes them old. */
export function keepResults(outcomes: readonly FlowTestOutcome[], app: App): void {
  const known = outcomes.map((outcome): readonly [string, KnownResult] => [
    outcome.test,
    { outcome, test: app.flowTests[outcome.test], flow: app.flows[outcome.flow] },
  ]);
  useTestResults.setState(({ results }) => ({ results: { ...results, ...Object.fromEntries(known) } }));
}

/** How a test stands. */
export type TestState = 'passed' | 'failed' | 'old' | 'unknown' | 'disabled';

/** How a test stands by its last result. */
export function stateOfTest(test: FlowTest, flow: Flow | undefined, known: KnownResult | undefined): TestState {
  if (known === undefined) return test.disabled === true ? 'disabled' : 'unknown';
  // Another name changes nothing.
  const isSame =
    known.flow?.steps === flow?.steps &&
    known.flow?.variables === flow?.variables &&
    known.test !== undefined &&
    (Object.keys({ ...known.test, ...test }) as (keyof FlowTest)[]).every(
      (key) => key === 'name' || key === 'description' || key === 'disabled' || known.test?.[key] === test[key],
    );
  if (!isSame) return 'old';
  return known.outcome.hasPassed ? 'passed' : 'failed';
}
