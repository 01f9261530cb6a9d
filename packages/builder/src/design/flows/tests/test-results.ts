import type { FlowTestOutcome } from '@fettle/contract';
import { testedFlows, type App, type FlowTest } from '@fettle/definition';
import { create } from 'zustand';

/** What came of a test when it was run last, and of what. */
export interface KnownResult {
  readonly outcome: FlowTestOutcome;
  readonly test: FlowTest | undefined;
  readonly flows: App['flows'];
}

/** Results of tests by id, as long as the page is open. */
export const useTestResults = create<{ readonly results: Readonly<Record<string, KnownResult>> }>(() => ({
  results: {},
}));

/** Takes results in. `app` is what was tested: a later edit of the test or of a flow that it plays makes them old. */
export function keepResults(outcomes: readonly FlowTestOutcome[], app: App): void {
  const known = outcomes.map((outcome): readonly [string, KnownResult] => [
    outcome.test,
    { outcome, test: app.flowTests[outcome.test], flows: app.flows },
  ]);
  useTestResults.setState(({ results }) => ({ results: { ...results, ...Object.fromEntries(known) } }));
}

/** How a test stands. */
export type TestState = 'passed' | 'failed' | 'old' | 'unknown' | 'disabled';

/** How a test stands by its last result. */
export function stateOfTest(test: FlowTest, flows: App['flows'], known: KnownResult | undefined): TestState {
  if (known === undefined) return test.disabled === true ? 'disabled' : 'unknown';
  // Another name changes nothing.
  const isSame =
    isSamePlay(test, known.flows, flows) &&
    known.test !== undefined &&
    (Object.keys({ ...known.test, ...test }) as (keyof FlowTest)[]).every(
      (key) => key === 'name' || key === 'description' || key === 'disabled' || known.test?.[key] === test[key],
    );
  if (!isSame) return 'old';
  return known.outcome.hasPassed ? 'passed' : 'failed';
}

function isSamePlay(test: FlowTest, before: App['flows'], now: App['flows']): boolean {
  const others = testedFlows(now, test);
  const played = testedFlows(before, test);
  return (
    played.length === others.length &&
    played.every(({ flow: { steps, variables } }, index) => {
      const other = others[index]?.flow;
      return other?.steps === steps && other.variables === variables;
    })
  );
}
