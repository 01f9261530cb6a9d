import { isJsonObject } from '@fettle/base';
import { hasBinding } from '@fettle/expression';
import type { KnownColumn } from './check-tables.ts';

/** Why a value that stands in a definition can never be one of the column; undefined when it can, or is bound. */
export function misfit(value: unknown, column: KnownColumn): string | undefined {
  if (value === null || value === undefined || (typeof value === 'string' && hasBinding(value))) return undefined;
  if (Array.isArray(value)) {
    if (column.type !== 'array' && column.options === undefined) return undefined;
    return value.map((one) => misfitOfOne(one, column)).find((found) => found !== undefined);
  }
  return misfitOfOne(value, column);
}

function misfitOfOne(value: unknown, { name, type, options }: KnownColumn): string | undefined {
  if (value === null || (typeof value === 'string' && hasBinding(value))) return undefined;
  if (options !== undefined && options.length > 0) {
    if (typeof value !== 'string' || value === '' || options.includes(value)) return undefined;
    return `"${value}" is none of the values of "${name}": ${options.slice(0, 12).join(', ')}.`;
  }
  const fits = type === undefined ? undefined : fitsType[type];
  return fits === undefined || fits(value) ? undefined : `"${name}" holds ${wordsOf[type ?? ''] ?? 'something else'}.`;
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

/** Texts that databases read as a truth value. */
const truths: ReadonlySet<string> = new Set(['true', 'false', 't', 'f', 'yes', 'no', 'on', 'off', '1', '0']);

const fitsType: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) =>
    typeof value === 'boolean' || value === 0 || value === 1 || truths.has(String(value).toLowerCase()),
  integer: isNumber,
  decimal: isNumber,
  number: isNumber,
  date: isTime,
  datetime: isTime,
  timestamp: isTime,
};

/** Only what is certainly none: databases know more ways to write a time than one would list. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /\d/.test(value));
}

const wordsOf: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: 'whole numbers',
  decimal: 'numbers',
  number: 'numbers',
  date: 'dates',
  datetime: 'times',
  timestamp: 'times',
};

/** A condition of a filter compares with values of its column, unless it looks for a part of a text. */
const comparing: ReadonlySet<unknown> = new Set(['equal', 'notEqual', 'oneOf', 'notOneOf', 'less', 'greater']);

/** What a condition of a filter compares its column with; undefined for other comparisons, and for what is none. */
export function comparedValue(condition: unknown): unknown {
  return isJsonObject(condition) && comparing.has(condition['operator']) ? condition['value'] : undefined;
}
