import { isJsonObject, type Json } from '@fettle/base';

/** A value on its way from a task: whole, or a list in pieces, so that the server's thread copies little at once. */
export type ValuePart = { readonly value: Json } | { readonly items: readonly Json[] };

const pieceSize = 500;

/** A value as parts. */
export function* partsOfValue(value: Json): Iterable<ValuePart> {
  if (!Array.isArray(value)) {
    yield { value };
    return;
  }
  if (value.length === 0) yield { items: [] };
  for (let start = 0; start < value.length; start += pieceSize) yield { items: value.slice(start, start + pieceSize) };
}

/** The value of parts. */
export async function valueOfParts(parts: AsyncIterable<unknown>): Promise<Json> {
  const items: Json[] = [];
  for await (const part of parts as AsyncIterable<ValuePart>) {
    if ('value' in part) return part.value;
    items.push(...part.items);
  }
  return items;
}

/** True when a value has at most about so many characters. It stops looking when there are more. */
export function isSmallValue(value: Json, characters: number): boolean {
  let left = characters;
  const look = (one: Json): void => {
    left -= typeof one === 'string' ? one.length + 2 : 8;
    if (left < 0 || typeof one !== 'object' || one === null) return;
    for (const [key, member] of Object.entries(one)) {
      left -= isJsonObject(one) ? key.length : 0;
      look(member as Json);
      if (left < 0) return;
    }
  };
  look(value);
  return left >= 0;
}
