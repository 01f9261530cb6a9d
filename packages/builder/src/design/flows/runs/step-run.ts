import type { FlowJournalEntry } from '@fettle/contract';

/** What became of a step in a run, over all turns of the loops around it. */
export interface StepRun {
  readonly state: FlowJournalEntry['state'];
  /** How many turns there were. */
  readonly count: number;
  /** Time of all turns together, in milliseconds; of those that are over. */
  readonly durationMs: number;
  /** Why it failed. */
  readonly message: string | undefined;
  readonly attempts: number;
}

// What is under way says more than what is over, and a failure more than a success.
const weight: Readonly<Record<FlowJournalEntry['state'], number>> = {
  skipped: 0,
  succeeded: 1,
  unfinished: 2,
  previewed: 3,
  failed: 4,
  waiting: 5,
  started: 6,
};

const summaries = new WeakMap<readonly FlowJournalEntry[], ReadonlyMap<string, StepRun>>();

/** What became of each step, by its id. Worked out once for all cards. */
export function stepRuns(entries: readonly FlowJournalEntry[]): ReadonlyMap<string, StepRun> {
  const known = summaries.get(entries);
  if (known !== undefined) return known;
  const found = new Map<string, StepRun>();
  for (const entry of entries) {
    // What a loop collects of each turn is no step.
    if (entry.kind === 'result') continue;
    const before = found.get(entry.stepId);
    found.set(entry.stepId, before === undefined ? runOf(entry) : together(before, runOf(entry)));
  }
  summaries.set(entries, found);
  return found;
}

function runOf({ state, startedAt, finishedAt, error, attempt }: FlowJournalEntry): StepRun {
  return {
    state,
    count: 1,
    durationMs: finishedAt === undefined ? 0 : finishedAt - startedAt,
    message: error?.message,
    attempts: attempt,
  };
}

function together(one: StepRun, other: StepRun): StepRun {
  return {
    state: weight[other.state] > weight[one.state] ? other.state : one.state,
    count: one.count + other.count,
    durationMs: one.durationMs + other.durationMs,
    message: other.message ?? one.message,
    attempts: Math.max(one.attempts, other.attempts),
  };
}

/** The turn that a scope is of, from 0; undefined outside of loops. */
export function turnOf(scope: string): number | undefined {
  const turn = /#(\d+)\/$/.exec(scope)?.[1];
  return turn === undefined ? undefined : Number(turn);
}

/** The step that a path leads to, and the turn of the loop around it. */
export function placeOf(path: string): { readonly step: string; readonly turn: number | undefined } {
  const at = path.lastIndexOf('/') + 1;
  return { step: path.slice(at), turn: turnOf(path.slice(0, at)) };
}

/** A bar in the timeline of a run, in percent of its width. */
export interface Bar {
  readonly state: FlowJournalEntry['state'];
  readonly from: number;
  readonly width: number;
}

/** The time a step took: a bar for each attempt that failed, and one for the last. */
export function barsOf(
  { state, startedAt, finishedAt, tries = [] }: FlowJournalEntry,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Bar[] {
  const span = Math.max(1, end - start);
  const bar = (of: Bar['state'], from: number, until: number): Bar => {
    const left = Math.min(99, Math.max(0, ((from - start) / span) * 100));
    return { state: of, from: left, width: Math.max(0.5, Math.min(100 - left, ((until - from) / span) * 100)) };
  };
  const failed = tries.map((one) => bar('failed', one.startedAt, one.finishedAt));
  const last = tries.at(-1);
  // A step that failed for good ended with its last attempt, which is among those that failed.
  if (last !== undefined && state === 'failed') return failed;
  return [...failed, bar(state, last?.finishedAt ?? startedAt, finishedAt ?? end)];
}

/** What steps gave in a run, by name: the last turn's, of what is over. */
export function outputsOf(entries: readonly FlowJournalEntry[]): Readonly<Record<string, unknown>> {
  const over = entries.filter(
    ({ state, kind, output }) =>
      kind !== 'result' && output !== undefined && (state === 'succeeded' || state === 'previewed'),
  );
  return Object.fromEntries(over.map(({ name, output }) => [name, output]));
}
