import { isJsonObject, jsonEquals, type Json } from '@fettle/base';

/** The value at a path such as `author.name`; null when it is not there. */
export function valueAt(item: Json, path: string): Json {
  if (isJsonObject(item) && Object.hasOwn(item, path)) return item[path] ?? null;
  let value: Json = item;
  for (const name of path.split('.')) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}

/** Order of two values: nothing first, numbers by size (also when they are text), everything else as text. */
export function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const numberA = numberOf(a);
  const numberB = numberOf(b);
  if (numberA !== undefined && numberB !== undefined) return numberA - numberB;
  const textA = textOf(a);
  const textB = textOf(b);
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

/** Equal values; a number equals its text. */
export function sameValue(a: Json, b: Json): boolean {
  return jsonEquals(a, b) || (a !== null && b !== null && typeof a !== 'object' && String(a) === String(b));
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
