/** One measured figure beside what it should be. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly holds: boolean;
  readonly details?: string;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Prints figures as a Markdown table, ready for the documentation. */
export function printFigures(figures: readonly Figure[]): void {
  console.log('\n| What | Measured | Target | | Details |\n| --- | --- | --- | --- | --- |');
  for (const { what, measured, target, holds, details = '' } of figures) {
    console.log(`| ${what} | ${measured} | ${target} | ${holds ? 'holds' : 'falls short'} | ${details} |`);
  }
}
