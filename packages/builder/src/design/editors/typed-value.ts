import type { Json } from '@fettle/base';

/** A typed text as a value of a column or parameter type: what cannot be read stays text. */
export function parseTyped(text: string, type: string): Json {
  const trimmed = text.trim();
  if (text.includes('{{')) return text;
  switch (type) {
    case 'integer':
    case 'number':
      // Digits beyond what a number holds exactly stay text, as everywhere.
      return trimmed !== '' &&
        Number.isFinite(Number(trimmed)) &&
        (type === 'number' || Number.isSafeInteger(Number(trimmed)))
        ? Number(trimmed)
        : trimmed;
    case 'boolean':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : text;
    case 'json':
    case 'list':
    case 'array':
      return parseJson(text);
    default:
      return text;
  }
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A value as the text that {@link parseTyped} reads back. */
export function formatTyped(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
