import type { Json } from '@fettle/base';

/** Turns a value of a request into what the driver is given. Throws `inputError` when the value does not fit. */
export type Conversion = (value: Json) => unknown;

/** A place in a statement for one value of a request: the value's number, and how it is converted. */
export class Slot {
  readonly index: number;
  readonly convert: Conversion;

  constructor(index: number, convert: Conversion) {
    this.index = index;
    this.convert = convert;
  }
}

/** A value that is the same in every run of a statement, e.g. a page size. */
export type Constant = number | string;

/** A piece of SQL with `?` where its bindings go. Made by {@link sql} only, so that no value can become text. */
export class Fragment {
  readonly text: string;
  readonly bindings: readonly (Slot | Constant)[];

  constructor(text: string, bindings: readonly (Slot | Constant)[] = []) {
    this.text = text;
    this.bindings = bindings;
  }
}

/** Builds a fragment: slots and constants become bindings, fragments are put in as they are. */
export function sql(parts: TemplateStringsArray, ...items: readonly (Fragment | Slot | Constant)[]): Fragment {
  let text = parts[0] ?? '';
  const bindings: (Slot | Constant)[] = [];
  for (const [index, item] of items.entries()) {
    if (item instanceof Fragment) {
      text += item.text;
      bindings.push(...item.bindings);
    } else {
      text += '?';
      bindings.push(item);
    }
    text += parts[index + 1] ?? '';
  }
  return new Fragment(text, bindings);
}

/** Joins fragments with a text of ours between them. */
export function joinFragments(fragments: readonly Fragment[], separator: string): Fragment {
  return new Fragment(
    fragments.map((fragment) => fragment.text).join(separator),
    fragments.flatMap((fragment) => fragment.bindings),
  );
}

/** A condition that always (or never) holds, in every dialect. */
export const always = new Fragment('1 = 1');
/** See {@link always}. */
export const never = new Fragment('1 = 0');

/** All of these conditions. */
export function allOf(conditions: readonly Fragment[]): Fragment {
  const real = conditions.filter((condition) => condition !== always);
  if (real.includes(never)) return never;
  const [only] = real;
  if (only === undefined) return always;
  if (real.length === 1) return only;
  return joinFragments(
    real.map((condition) => sql`(${condition})`),
    ' and ',
  );
}

/** Any of these conditions. */
export function anyOf(conditions: readonly Fragment[]): Fragment {
  const real = conditions.filter((condition) => condition !== never);
  if (real.includes(always)) return always;
  const [only] = real;
  if (only === undefined) return never;
  if (real.length === 1) return only;
  return joinFragments(
    real.map((condition) => sql`(${condition})`),
    ' or ',
  );
}
