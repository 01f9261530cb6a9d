/** A value of a row as a text to compare by or to show: of what has parts its JSON, of nothing an empty text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? value : String(value as number | boolean);
}
