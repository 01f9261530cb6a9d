import { flatten } from '../../evaluate/methods/list-methods.ts';
import { toText } from '../../evaluate/conversions.ts';
import type { Run } from '../../evaluate/run.ts';
import { held } from '../../evaluate/values.ts';
import { integerOf, isNothing, listOf, numberOf, numberOr } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

type List = readonly unknown[];

function onList(
  least: number,
  most: number,
  apply: (run: Run, list: List, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(least, most, (run, args) => apply(run, listOf(run, args[0]), args));
}

function countOf(run: Run, value: unknown): number {
  return Math.max(0, Math.trunc(numberOf(run, value)));
}

function chunk(run: Run, list: List, size: unknown): List[] {
  const length = integerOf(run, size, 1, 1_000_000);
  run.allowList(Math.ceil(list.length / length));
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}

function range(run: Run, [first, second, third]: readonly unknown[]): number[] {
  const start = second === undefined ? 0 : numberOf(run, first);
  const end = numberOf(run, second === undefined ? first : second);
  const step = numberOr(run, third, start <= end ? 1 : -1);
  if (step === 0) throw run.error('expression.bad-argument', 'The step of a range cannot be 0.');
  const length = Math.max(0, Math.ceil((end - start) / step));
  run.allowList(length);
  return Array.from({ length }, (_, index) => start + index * step);
}

function zip(run: Run, args: readonly unknown[]): unknown[][] {
  const lists = args.map((arg) => listOf(run, arg));
  const length = Math.max(...lists.map((list) => list.length));
  run.allowList(length * lists.length);
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? null));
}

function paginate(run: Run, list: List, args: readonly unknown[]): List {
  const page = integerOf(run, args[1], 1, 1_000_000_000);
  const size = integerOf(run, args[2] ?? 20, 1, 1_000_000);
  return list.slice((page - 1) * size, page * size);
}

/** A key under which equal values meet: values of different types never do. */
export function identityOf(run: Run, value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? `json:${toText(run, value)}`
    : typeof value === 'string'
      ? `text:${value}`
      : value;
}

function unique(run: Run, list: List): unknown[] {
  const seen = new Map<unknown, unknown>();
  for (const item of list) {
    const key = identityOf(run, item);
    if (!seen.has(key)) seen.set(key, item);
  }
  return [...seen.values()];
}

function identities(run: Run, value: unknown): Set<unknown> {
  return new Set(listOf(run, value).map((item) => identityOf(run, item)));
}

/** Functions that cut lists and put them together. */
export const listPartFunctions: FunctionFamily = {
  first: onList(1, 2, (run, list, [, count]) => (count === undefined ? list[0] : list.slice(0, countOf(run, count)))),
  last: onList(1, 2, (run, list, [, count]) =>
    count === undefined ? list.at(-1) : list.slice(Math.max(0, list.length - countOf(run, count))),
  ),
  skip: onList(2, 2, (run, list, [, count]) => list.slice(countOf(run, count))),
  nth: onList(2, 2, (run, list, [, at]) => list.at(Math.trunc(numberOf(run, at)))),
  chunk: onList(2, 2, (run, list, [, size]) => chunk(run, list, size)),
  paginate: onList(2, 3, paginate),
  range: entry(1, 3, range),
  zip: entry(1, 10, zip),
  flatten: onList(1, 2, (run, list, [, depth]) =>
    flatten(run, list, depth === undefined ? 1 : integerOf(run, depth, 0, 100)),
  ),
  compact: onList(1, 1, (_, list) => list.filter((item) => !isNothing(item) && item !== false && !Number.isNaN(item))),
  unique: onList(1, 1, unique),
  reverse: onList(1, 1, (_, list) => list.toReversed()),
  union: entry(1, 10, (run, args) => {
    const all = args.flatMap((arg) => listOf(run, arg));
    run.allowList(all.length);
    return unique(run, all);
  }),
  intersection: onList(2, 2, (run, list, [, other]) => {
    const wanted = identities(run, other);
    return unique(run, list).filter((item) => wanted.has(identityOf(run, item)));
  }),
  difference: onList(2, 2, (run, list, [, other]) => {
    const unwanted = identities(run, other);
    return list.filter((item) => !unwanted.has(identityOf(run, item)));
  }),
  includes: onList(2, 2, (run, list, [, item]) => identities(run, list).has(identityOf(run, item))),
  repeatItem: entry(2, 2, (run, [item, count]) => {
    const length = countOf(run, count);
    run.allowList(length);
    return Array.from({ length }, () => held(run, item));
  }),
  toList: entry(1, 1, (run, [value]) => (Array.isArray(value) ? value : isNothing(value) ? [] : [held(run, value)])),
};
