import { useMemo } from 'react';
import { useApp, useView } from '../../design-context.ts';
import type { ShownRun } from '../runs/journal-pages.ts';
import { useTestResults, type KnownResult } from './test-results.ts';

/** The run of the test that is shown below the canvas, as the canvas shows any run. */
export function useTestedRun(): ShownRun | undefined {
  const isOpen = useView((state) => state.isTestsOpen && !state.isRunsOpen);
  const flow = useView((state) => state.flow);
  const chosen = useView((state) => state.test);
  const shown = useApp((app) => {
    const own = Object.values(app.flowTests).filter((test) => test.flow === flow);
    const first = own.toSorted((a, b) => a.name.localeCompare(b.name))[0];
    return own.some(({ id }) => id === chosen) ? chosen : first?.id;
  });
  const known = useTestResults(({ results }) => (shown === undefined ? undefined : results[shown]));
  return useMemo(() => (isOpen && known !== undefined ? runOf(known) : undefined), [isOpen, known]);
}

const runs = new WeakMap<KnownResult, ShownRun>();

function runOf(known: KnownResult): ShownRun {
  const before = runs.get(known);
  if (before !== undefined) return before;
  const { outcome, test } = known;
  const { entries = [], end } = outcome;
  const begun = entries[0]?.startedAt ?? 0;
  const run: ShownRun = {
    run: {
      id: outcome.test,
      flowId: outcome.flow,
      version: 'draft',
      environment: 'development',
      state: end?.state ?? 'failed',
      isDryRun: true,
      reruns: [],
      startedBy: null,
      createdAt: begun,
      startedAt: begun,
      finishedAt: begun,
      trigger: (test?.trigger ?? {}) as ShownRun['run']['trigger'],
      ...(end?.output === undefined ? {} : { output: end.output }),
      ...(end?.error === undefined ? {} : { error: end.error }),
    },
    pages: [],
    entries,
    hasMore: false,
  };
  runs.set(known, run);
  return run;
}
