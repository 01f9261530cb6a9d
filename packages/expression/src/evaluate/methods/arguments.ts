import { toNumber, toText } from '../conversions.ts';
import type { Callback, Run } from '../run.ts';

/** The whole number of an optional argument, or `undefined` when it is left out. */
export function optionalInteger(run: Run, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Math.trunc(toNumber(run, value));
  return Number.isNaN(number) ? 0 : number;
}

/** The whole number of an argument; what is no number counts as 0. */
export function integer(run: Run, value: unknown): number {
  return optionalInteger(run, value) ?? 0;
}

/** The text of an optional argument, or `undefined` when it is left out. */
export function optionalText(run: Run, value: unknown): string | undefined {
  return value === undefined ? undefined : toText(run, value);
}

/** The arrow function of an argument. */
export function callback(run: Run, value: unknown): Callback {
  if (typeof value === 'function') return value as Callback;
  throw run.error('expression.arrow-expected', 'An arrow function is expected here.', 'For example: row => row.name.');
}
