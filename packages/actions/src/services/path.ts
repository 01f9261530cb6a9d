import { inputError, isJsonObject, type Json } from '@fettle/base';

const partPattern = /([^.[\]]+)|\[(\d{1,9}|\*)\]/y;

/**
 * The value at a path such as `orders[0].items[*].price`: names, `[n]` for one item of a list, `[*]` for each of them.
 * Undefined when it is not there.
 */
export function valueAtPath(value: Json, path: string): Json | undefined {
  return pick(value, partsOf(path));
}

function pick(value: Json, [part, ...rest]: readonly (string | number)[]): Json | undefined {
  if (part === undefined) return value;
  if (part === '*') {
    if (!Array.isArray(value)) return undefined;
    return (value as readonly Json[]).map((item) => pick(item, rest) ?? null);
  }
  if (typeof part === 'number') {
    const item = Array.isArray(value) ? (value as readonly Json[])[part] : undefined;
    return item === undefined ? undefined : pick(item, rest);
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, part)) return undefined;
  return pick(value[part] as Json, rest);
}

function partsOf(path: string): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  let place = 0;
  while (place < path.length) {
    if (path[place] === '.' && place > 0 && place < path.length - 1) place += 1;
    partPattern.lastIndex = place;
    const match = partPattern.exec(path);
    if (match === null || parts.length >= 50) throw badPath(path);
    const [whole, name, index] = match;
    parts.push(name ?? (index === '*' ? '*' : Number(index)));
    place += whole.length;
  }
  return parts;
}

function badPath(path: string) {
  return inputError({
    code: 'action.path-invalid',
    message: `"${path.slice(0, 100)}" is not a path.`,
    hint: 'Write it such as orders[0].items[*].price.',
  });
}
