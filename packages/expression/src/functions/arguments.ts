import { toNumber, toText } from '../evaluate/conversions.ts';
import type { Callback, Run } from '../evaluate/run.ts';
import { isObject, readMember } from '../evaluate/values.ts';

/** True for `null`, `undefined` and empty text: what most functions answer with nothing. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** The text of an argument, paid for by its length. */
export function textOf(run: Run, value: unknown): string {
  const text = toText(run, value);
  run.spendFor(text.length);
  return text;
}

/** The text of an optional argument. */
export function textOr(run: Run, value: unknown, fallback: string): string {
  return value === undefined || value === null ? fallback : textOf(run, value);
}

/** The number of an argument: a number, a boolean or numeric text. */
export function numberOf(run: Run, value: unknown): number {
  const number = isNothing(value) ? NaN : toNumber(run, value);
  if (Number.isNaN(number))
    throw run.error(
      'expression.number-expected',
      'A number is expected here.',
      'Use toNumber(value, fallback) for values that may be something else.',
    );
  return number;
}

/** The number of an optional argument. */
export function numberOr(run: Run, value: unknown, fallback: number): number {
  return value === undefined || value === null ? fallback : numberOf(run, value);
}

/** The whole number of an argument within bounds. */
export function integerOf(run: Run, value: unknown, least: number, most: number): number {
  const number = Math.trunc(numberOf(run, value));
  if (number >= least && number <= most) return number;
  throw run.error('expression.bad-argument', `A whole number from ${least} to ${most} is expected here.`);
}

/** The list of an argument, paid for by its length. Nothing counts as an empty list. */
export function listOf(run: Run, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value))
    throw run.error(
      'expression.list-expected',
      'A list is expected here.',
      'Use values(object) for an object, split(text) for a text.',
    );
  run.spendFor(value.length);
  return value as readonly unknown[];
}

/** The numbers of a list; items that hold nothing are left out. */
export function numbersOf(run: Run, value: unknown): number[] {
  return listOf(run, value)
    .filter((item) => !isNothing(item))
    .map((item) => numberOf(run, item));
}

/** How a function reads a key from items: an arrow function, or a member name or path such as `address.city`. */
export function selectorOf(run: Run, value: unknown): Callback {
  if (typeof value === 'function') return value as Callback;
  if (value === undefined || value === null) return (item) => item;
  const path = pathOf(run, value);
  return (item) => readPath(run, item, path);
}

/** The arrow function of an argument. */
export function callbackOf(run: Run, value: unknown): Callback {
  if (typeof value === 'function') return value as Callback;
  throw run.error('expression.arrow-expected', 'An arrow function is expected here.', 'For example: row => row.name.');
}

/** A path given as a list of names or as text with dots: `orders.0.total`. */
export function pathOf(run: Run, value: unknown): readonly string[] {
  const parts = Array.isArray(value)
    ? listOf(run, value).map((part) => toText(run, part))
    : textOf(run, value).split('.');
  run.allowDepth(parts.length);
  return parts;
}

/** Follows a path by guarded reads. */
export function readPath(run: Run, value: unknown, path: readonly string[]): unknown {
  run.spend(1);
  return path.reduce((current, key) => readMember(run, current, key), value);
}

/** Requires a value with named members; nothing gives `undefined`. */
export function objectOf(run: Run, value: unknown): object | undefined {
  if (value === null || value === undefined) return undefined;
  if (isObject(value)) return value;
  throw run.error('expression.object-expected', 'An object is expected here.');
}

/** The order of two values: numbers by size, texts by the language's rules, nothing last. */
export function compareValues(run: Run, a: unknown, b: unknown): number {
  const isNoneA = a === null || a === undefined;
  const isNoneB = b === null || b === undefined;
  if (isNoneA || isNoneB) return Number(isNoneA) - Number(isNoneB);
  if (typeof a === 'number' && typeof b === 'number') return a - b || 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const textA = textOf(run, a);
  const textB = textOf(run, b);
  return collatorOf(run.locale).compare(textA, textB);
}

const collators = new Map<string, Intl.Collator>();

function collatorOf(locale: string): Intl.Collator {
  const known = collators.get(locale);
  if (known) return known;
  if (collators.size > 50) collators.clear();
  const collator = new Intl.Collator(locale, { numeric: true });
  collators.set(locale, collator);
  return collator;
}
