import { isJsonObject, jsonEquals } from '@fettle/base';

const maxDetails = 30;

/** The differences of two documents in words, one per place: `settings label: "Save" → "Save changes"`. */
export function describeDifferences(before: unknown, after: unknown): string[] {
  const details: string[] = [];
  collect(before, after, { place: [], details });
  if (details.length <= maxDetails) return details;
  return [...details.slice(0, maxDetails), `and ${details.length - maxDetails} more`];
}

interface Walk {
  readonly place: readonly string[];
  readonly details: string[];
}

function collect(before: unknown, after: unknown, walk: Walk): void {
  if (before === after || jsonEquals(before, after)) return;
  if (isJsonObject(before as never) && isJsonObject(after as never)) {
    const old = before as Record<string, unknown>;
    const now = after as Record<string, unknown>;
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      collect(old[key], now[key], { ...walk, place: [...walk.place, key] });
    }
    return;
  }
  walk.details.push(`${placeInWords(walk.place)}${describeChange(before, after)}`);
}

function placeInWords(place: readonly string[]): string {
  return place.length === 0 ? '' : `${place.join(' ')}: `;
}

function describeChange(before: unknown, after: unknown): string {
  if (before === undefined) return `set to ${inWords(after)}`;
  if (after === undefined) return `removed (was ${inWords(before)})`;
  return `${inWords(before)} → ${inWords(after)}`;
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value, 60)}"`;
  if (Array.isArray(value)) return describeList(value);
  return typeof value === 'object' && value !== null ? shorten(JSON.stringify(value), 80) : String(value);
}

function describeList(list: readonly unknown[]): string {
  const isPlain = list.every((item) => typeof item === 'string' || typeof item === 'number');
  if (isPlain) return list.length === 0 ? 'none' : shorten(list.join(', '), 80);
  return `${list.length} item${list.length === 1 ? '' : 's'}`;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
