import { fail, ok, type Result } from '@fettle/base';
import { stepLists, type Flow, type FlowStep } from '@fettle/definition';
import type { JournalEntry, RunError } from '../journal.ts';
import { rerunProblems, type RerunProblem } from './rerun-problem.ts';

/**
 * Path of the step at which a run came to its end: the one that failed and was not caught, else the last one that was cut
 * off by the run's time limit or by whoever cancelled it.
 */
export function failedPlace(
  flow: Flow,
  entries: readonly JournalEntry[],
  error: RunError | undefined,
): Result<string, RerunProblem> {
  const holders = holdersOf(flow.steps);
  const leaves = entries.filter(({ stepId, kind }) => kind !== 'result' && !holders.has(stepId));
  const failed = entries.filter(({ state }) => state === 'failed');
  const place =
    failed.findLast(({ name, stepId }) => name === error?.step && !holders.has(stepId)) ??
    // What a step that holds others failed with by itself: a loop that was given no list.
    failed.findLast(({ name }) => name === error?.step) ??
    (error?.step === undefined
      ? leaves.findLast(({ state }) => state === 'started' || state === 'waiting')
      : undefined);
  return place === undefined ? fail(rerunProblems.noFailedStep()) : ok(place.path);
}

function holdersOf(steps: readonly FlowStep[] | undefined, found = new Set<string>()): ReadonlySet<string> {
  for (const step of steps ?? []) {
    const lists = stepLists(step);
    if (lists.length > 0) found.add(step.id);
    for (const { steps: inner } of lists) holdersOf(inner, found);
  }
  return found;
}
