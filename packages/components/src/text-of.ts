/** A bound value as text: nothing for null, JSON for lists and objects. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The value of a setting that is worked out per row: calls it with the row's names. */
export function perRow(value: unknown, scope: Readonly<Record<string, unknown>>): unknown {
  return typeof value === 'function' ? (value as (names: typeof scope) => unknown)(scope) : value;
}

/** A bound value as a number, or undefined when it is none. */
export function numberOf(value: unknown): number | undefined {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
