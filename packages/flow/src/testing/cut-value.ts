import { isJsonObject, type Json } from '@fettle/base';

/** Values up to this many characters of JSON are kept as they are. */
const keptLength = 16_384;
const rounds = [
  { text: 2_000, items: 20 },
  { text: 200, items: 5 },
] as const;

/** A value that is short enough for a test, and whether anything was cut off: long lists and texts lose their ends. */
export function cutValue(value: Json): { readonly value: Json; readonly isCut: boolean } {
  if (lengthOf(value) <= keptLength) return { value, isCut: false };
  for (const round of rounds) {
    const short = shorten(value, round);
    if (lengthOf(short) <= keptLength) return { value: short, isCut: true };
  }
  return { value: null, isCut: true };
}

const lengthOf = (value: Json): number => JSON.stringify(value).length;

function shorten(value: Json, most: { readonly text: number; readonly items: number }): Json {
  if (typeof value === 'string') return value.length <= most.text ? value : `${value.slice(0, most.text)}…`;
  if (Array.isArray(value)) return (value as readonly Json[]).slice(0, most.items).map((item) => shorten(item, most));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shorten(member, most)]));
}
