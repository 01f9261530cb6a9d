import type { FlowHealth } from '@fettle/contract';

/** The numbers of one flow. */
export type FlowNumbers = FlowHealth['flows'][number];

/** Runs that ended in the period. */
export function endedOf({
  succeeded,
  failed,
  cancelled,
}: Pick<FlowNumbers, 'succeeded' | 'failed' | 'cancelled'>): number {
  return succeeded + failed + cancelled;
}

/** Which share of the runs that were not cancelled failed, in words; undefined when there were none. */
export function failureText({ succeeded, failed }: Pick<FlowNumbers, 'succeeded' | 'failed'>): string | undefined {
  const counted = succeeded + failed;
  if (counted === 0) return undefined;
  const percent = (failed / counted) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  return `${percent === 0 || percent === 100 ? percent : percent.toFixed(1)} %`;
}

/** The whole of an app: its flows taken together. Percentiles cannot be added up, so there are none. */
export function totalsOf({ flows }: Pick<FlowHealth, 'flows'>) {
  const sum = (of: (flow: FlowNumbers) => number): number => flows.reduce((total, flow) => total + of(flow), 0);
  return {
    succeeded: sum(({ succeeded }) => succeeded),
    failed: sum(({ failed }) => failed),
    cancelled: sum(({ cancelled }) => cancelled),
    queued: sum(({ queued }) => queued),
    held: sum(({ held }) => held),
    running: sum(({ running }) => running),
    waiting: sum(({ waiting }) => waiting),
    deadLetters: sum(({ deadLetters }) => deadLetters),
  };
}

/** Flows in the order in which somebody looks for trouble: what failed most first, then what ran most, then by name. */
export function byTrouble(flows: readonly FlowNumbers[]): readonly FlowNumbers[] {
  return flows.toSorted(
    (a, b) =>
      b.failed - a.failed ||
      b.deadLetters - a.deadLetters ||
      endedOf(b) - endedOf(a) ||
      (a.name ?? a.flow).localeCompare(b.name ?? b.flow),
  );
}

/** What has not ended, in words; undefined when nothing is under way. */
export function underWayText({
  queued,
  held,
  running,
  waiting,
}: Pick<FlowNumbers, 'queued' | 'held' | 'running' | 'waiting'>) {
  const parts = [
    [running, 'running'],
    [queued, 'queued'],
    [waiting, 'waiting'],
    [held, 'held'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString()} ${word}`);
  return words.length === 0 ? undefined : words.join(', ');
}
