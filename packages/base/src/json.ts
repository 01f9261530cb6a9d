/** Any value that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A plain JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a plain object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Member names that must never be read, written or stored: they reach JavaScript's prototype chain. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Serialises JSON in its canonical form: two spaces, a final newline, keys in the order given by
 * `order` first and alphabetically after it. Equal values give equal bytes.
 */
export function canonicalJson(value: Json, order: readonly string[] = []): string {
  return `${JSON.stringify(sortKeys(value, order), null, 2)}\n`;
}

function sortKeys(value: Json, order: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sortKeys(item, order));
  if (!isJsonObject(value)) return value;
  const rank = (key: string): number => {
    const index = order.indexOf(key);
    return index === -1 ? order.length : index;
  };
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key] as Json, order)]));
}

/** Structural equality of two JSON values; key order does not matter. */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keysA = Object.keys(a);
  const keysB = Object.keys(b);
  if (keysA.length !== keysB.length) return false;
  return keysA.every(
    (key) =>
      Object.hasOwn(b, key) && jsonEquals((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
