/**
 * Times counted on a logarithmic scale: each step is ten percent longer than the one before, so that a percentile is
 * off by five percent at most, from a millisecond to years, in a few hundred numbers. Histograms add up.
 */
export class Histogram {
  readonly #counts: Map<number, number>;

  constructor(counts: Iterable<readonly [number, number]> = []) {
    this.#counts = new Map(counts);
  }

  /** Counts a time in milliseconds. */
  add(milliseconds: number): void {
    const step = stepOf(milliseconds);
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + 1);
  }

  /** Adds what another one counted. */
  merge(other: Histogram): void {
    for (const [step, count] of other.#counts) this.#counts.set(step, (this.#counts.get(step) ?? 0) + count);
  }

  count(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** How many took at most so long, as far as the scale can tell. */
  countUntil(milliseconds: number): number {
    const last = stepOf(milliseconds);
    let sum = 0;
    for (const [step, count] of this.#counts) if (step <= last) sum += count;
    return sum;
  }

  /** The sum of all times, as far as the scale can tell. */
  total(): number {
    let sum = 0;
    for (const [step, count] of this.#counts) sum += count * middleOf(step);
    return Math.round(sum);
  }

  /** The time below which a share (0 to 1) of all stays; undefined when nothing was counted. */
  quantile(share: number): number | undefined {
    const wanted = Math.max(1, Math.ceil(this.count() * share));
    let seen = 0;
    for (const [step, count] of [...this.#counts].toSorted(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= wanted) return Math.round(middleOf(step));
    }
    return undefined;
  }

  /** As text, for a column. */
  toText(): string {
    return JSON.stringify([...this.#counts]);
  }

  static fromText(text: string): Histogram {
    return new Histogram(JSON.parse(text) as [number, number][]);
  }
}

const growth = Math.log(1.1);

/** 0 for less than a millisecond. */
function stepOf(milliseconds: number): number {
  return milliseconds < 1 ? 0 : 1 + Math.floor(Math.log(milliseconds) / growth + 1e-9);
}

function middleOf(step: number): number {
  return step === 0 ? 0 : Math.exp(growth * (step - 0.5));
}
