import type { Run } from '../../evaluate/run.ts';
import { isNothing, numberOf, numbersOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

/** A function of the numbers of a list, sorted on demand. Given no numbers it gives null. */
function onNumbers(
  count: number,
  apply: (numbers: readonly number[], run: Run, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(count, count, (run, args) => {
    const numbers = numbersOf(run, args[0]);
    return numbers.length === 0 ? null : apply(numbers, run, args);
  });
}

/** The sum with the rounding errors made good (Neumaier), so that 0.1 + 0.2 + 0.3 is 0.6. */
export function exactSum(numbers: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

function variance(numbers: readonly number[]): number {
  const mean = exactSum(numbers) / numbers.length;
  return exactSum(numbers.map((number) => (number - mean) ** 2)) / numbers.length;
}

function mode(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Functions of lists of numbers. Empty items are left out. */
export const statisticFunctions: FunctionFamily = {
  sum: entry(1, 1, (run, [list]) => exactSum(numbersOf(run, list))),
  product: entry(1, 1, (run, [list]) => numbersOf(run, list).reduce((product, number) => product * number, 1)),
  average: onNumbers(1, (numbers) => exactSum(numbers) / numbers.length),
  median: onNumbers(1, (numbers) => percentile(numbers, 0.5)),
  percentile: onNumbers(2, (numbers, run, [, percent]) => {
    const share = isNothing(percent) ? 50 : numberOf(run, percent);
    if (share >= 0 && share <= 100) return percentile(numbers, share / 100);
    throw run.error('expression.bad-argument', 'A percentile is from 0 to 100.');
  }),
  mode: onNumbers(1, mode),
  variance: onNumbers(1, variance),
  standardDeviation: onNumbers(1, (numbers) => Math.sqrt(variance(numbers))),
  runningTotal: entry(1, 1, (run, [list]) => {
    let total = 0;
    return numbersOf(run, list).map((number) => (total += number));
  }),
};
