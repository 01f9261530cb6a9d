import type { Run } from './run.ts';
import { isObject, safe, toPlain } from './values.ts';

type Primitive = string | number | boolean | null | undefined;

/** JSON text of a value, within the budgets. `indent` spaces per level. */
export function toJsonText(run: Run, value: unknown, indent = 0): string {
  const text = JSON.stringify(toPlain(run, value), null, indent) ?? 'null';
  run.allowText(text.length);
  return text;
}

/** What operators work on: lists of simple values become `a,b`, other lists and objects JSON text. */
export function toPrimitive(run: Run, value: unknown): Primitive {
  const plain = safe(value);
  if (typeof plain !== 'object' || plain === null) return plain as Primitive;
  if (!Array.isArray(plain)) return isObject(plain) ? toJsonText(run, plain) : '';
  run.spendFor(plain.length);
  if (plain.some((item) => typeof item === 'object' && item !== null)) return toJsonText(run, plain);
  const text = plain.map((item: unknown) => toText(run, item)).join(',');
  run.allowText(text.length);
  return text;
}

/** Text to show: nothing for `null` and `undefined`. */
export function toText(run: Run, value: unknown): string {
  if (typeof value === 'string') return value;
  const primitive = toPrimitive(run, value);
  return primitive === null || primitive === undefined ? '' : String(primitive);
}

/** A number as JavaScript's operators would make it. */
export function toNumber(run: Run, value: unknown): number {
  return typeof value === 'number' ? value : Number(toPrimitive(run, value));
}

/** The name of a computed member. */
export function toKey(run: Run, value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : String(toPrimitive(run, value));
}

/** Appends texts within the budget. The parts are shared, not copied, so only the shorter one is paid for. */
export function joinTexts(run: Run, left: string, right: string): string {
  const length = left.length + right.length;
  if (length > run.textLength) run.allowText(length);
  run.spendFor(Math.min(left.length, right.length));
  return left + right;
}
