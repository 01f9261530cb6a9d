import type { Run } from '../../evaluate/run.ts';
import { toNumber } from '../../evaluate/conversions.ts';
import { integerOf, isNothing, numberOf, numberOr, numbersOf, textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { roundDecimalText } from './decimal.ts';

/** A function of a number; nothing gives nothing. */
function onNumber(
  most: number,
  apply: (run: Run, value: number, args: readonly unknown[]) => unknown,
  least = 1,
): FunctionEntry {
  return entry(least, most, (run, args) => (isNothing(args[0]) ? undefined : apply(run, numberOf(run, args[0]), args)));
}

function digitsOf(run: Run, value: unknown): number {
  return value === undefined || value === null ? 0 : integerOf(run, value, -15, 15);
}

/** Rounds the decimal digits that a number shows, so that 1.005 becomes 1.01. */
export function roundTo(value: number, digits: number, mode: 'nearest' | 'down' | 'up' = 'nearest'): number {
  return Number.isFinite(value) ? Number(roundDecimalText(String(value), digits, mode)) : value;
}

/** Reads a number the way people write it: `1,234.50`, `€ 12`, `12 %`; undefined when there is none. */
function readNumber(run: Run, value: unknown): number | undefined {
  if (typeof value !== 'string') {
    const number = isNothing(value) || typeof value === 'object' ? NaN : toNumber(run, value);
    return Number.isNaN(number) ? undefined : number;
  }
  const cleaned = textOf(run, value).replace(/[\s_\p{Sc},%]/gu, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cleaned)) return undefined;
  return value.trim().endsWith('%') ? roundTo(Number(cleaned) / 100, 15) : Number(cleaned);
}

/** The numbers given one by one or as a list. */
function spreadNumbers(run: Run, args: readonly unknown[]): number[] {
  return args.flatMap((arg) => (Array.isArray(arg) ? numbersOf(run, arg) : isNothing(arg) ? [] : [numberOf(run, arg)]));
}

function extreme(run: Run, args: readonly unknown[], isBetter: (a: number, b: number) => boolean): number | undefined {
  return spreadNumbers(run, args).reduce<number | undefined>(
    (best, value) => (best === undefined || isBetter(value, best) ? value : best),
    undefined,
  );
}

/** Functions of single numbers. */
export const basicNumberFunctions: FunctionFamily = {
  round: onNumber(2, (run, value, [, digits]) => roundTo(value, digitsOf(run, digits))),
  floor: onNumber(2, (run, value, [, digits]) => roundTo(value, digitsOf(run, digits), 'down')),
  ceil: onNumber(2, (run, value, [, digits]) => roundTo(value, digitsOf(run, digits), 'up')),
  integerPart: onNumber(1, (_, value) => Math.trunc(value)),
  abs: onNumber(1, (_, value) => Math.abs(value)),
  sign: onNumber(1, (_, value) => Math.sign(value)),
  sqrt: onNumber(1, (run, value) => {
    if (value < 0) throw run.error('expression.bad-argument', 'The square root of a negative number does not exist.');
    return Math.sqrt(value);
  }),
  power: onNumber(2, (run, value, [, exponent]) => value ** numberOf(run, exponent), 2),
  log: onNumber(2, (run, value, [, base]) =>
    base === undefined ? Math.log(value) : roundTo(Math.log(value) / Math.log(numberOf(run, base)), 12),
  ),
  modulo: onNumber(
    2,
    (run, value, [, divisor]) => {
      const by = numberOf(run, divisor);
      return value - by * Math.floor(value / by);
    },
    2,
  ),
  clamp: onNumber(3, (run, value, [, least, most]) =>
    Math.min(Math.max(value, numberOr(run, least, -Infinity)), numberOr(run, most, Infinity)),
  ),
  inRange: onNumber(
    3,
    (run, value, [, least, most]) => value >= numberOr(run, least, -Infinity) && value <= numberOr(run, most, Infinity),
  ),
  percentOf: onNumber(
    2,
    (run, value, [, whole]) => {
      const all = numberOf(run, whole);
      return all === 0 ? undefined : roundTo((value / all) * 100, 10);
    },
    2,
  ),
  toNumber: entry(1, 2, (run, [value, fallback]) => readNumber(run, value) ?? fallback ?? null),
  min: entry(1, 50, (run, args) => extreme(run, args, (a, b) => a < b)),
  max: entry(1, 50, (run, args) => extreme(run, args, (a, b) => a > b)),
};
