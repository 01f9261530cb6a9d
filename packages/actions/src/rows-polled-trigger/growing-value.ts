import type { Json } from '@fettle/base';
import type { ColumnType } from '@fettle/sdk';

/**
 * Compares two values of a column that grows: negative when `a` comes first. Numbers may be numbers or their digits, as
 * large ones are texts; times are ISO 8601 with any count of digits after the second.
 */
export function compareGrowing(type: ColumnType, a: Json, b: Json): number {
  if (isTime(type)) {
    const [left, right] = [String(a).replace(/Z$/, ''), String(b).replace(/Z$/, '')];
    return left === right ? 0 : left < right ? -1 : 1;
  }
  const [left, right] = [wholeOf(a), wholeOf(b)];
  if (left !== undefined && right !== undefined) return left === right ? 0 : left < right ? -1 : 1;
  return Number(a) - Number(b);
}

/** The value that lies `by` seconds, or numbers, before another one; the same one where that cannot be said. */
export function lookedBack(type: ColumnType, value: Json, by: number): Json {
  if (by === 0 || type === 'date') return value;
  if (isTime(type)) {
    const time = Date.parse(type === 'timestamp' ? String(value) : `${String(value)}Z`);
    if (Number.isNaN(time)) return value;
    const text = new Date(time - by * 1000).toISOString();
    return type === 'timestamp' ? text : text.slice(0, -1);
  }
  const whole = wholeOf(value);
  if (whole !== undefined) {
    const back = whole - BigInt(by);
    return typeof value === 'number' ? Number(back) : String(back);
  }
  const number = Number(value) - by;
  return typeof value === 'number' ? number : String(number);
}

function isTime(type: ColumnType): boolean {
  return type === 'timestamp' || type === 'datetime' || type === 'date';
}

function wholeOf(value: Json): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}
