import { entry } from '../../functions/entry.ts';
import type { FunctionEntry } from '../../functions/entry.ts';
import { toNumber, toText } from '../conversions.ts';
import type { Callback, Run } from '../run.ts';
import { held, safe } from '../values.ts';
import { callback, integer, optionalInteger, optionalText } from './arguments.ts';

type List = readonly unknown[];

/** A method that costs as much as its list is long. */
function method(minimum: number, run: (run: Run, list: List, a: unknown, b: unknown) => unknown): FunctionEntry {
  return entry(minimum, 3, (current, [self, a, b]) => {
    const list = self as List;
    current.spendFor(list.length);
    return run(current, list, a, b);
  });
}

/** A method whose first argument is an arrow function. */
function visiting(run: (list: List, visit: Callback, run: Run) => unknown): FunctionEntry {
  return entry(1, 2, (current, [self, visit]) => run(self as List, callback(current, visit), current), 0b10);
}

function reduce(run: Run, args: readonly unknown[], fromEnd: boolean): unknown {
  const [self, visit, start] = args;
  const list = fromEnd ? (self as List).toReversed() : (self as List);
  const combine = callback(run, visit);
  const startsEmpty = args.length < 3;
  let value = startsEmpty ? list[0] : start;
  if (startsEmpty && list.length === 0) {
    throw run.error(
      'expression.empty-list',
      'reduce() on an empty list needs a start value.',
      'Give it: list.reduce((sum, x) => sum + x, 0).',
    );
  }
  for (let index = startsEmpty ? 1 : 0; index < list.length; index += 1) {
    value = combine(value, list[index], fromEnd ? list.length - 1 - index : index);
  }
  return value;
}

/** Flattens `levels` deep within the budgets. */
export function flatten(run: Run, list: List, levels: number): unknown[] {
  const flat: unknown[] = [];
  const visit = (items: List, left: number, depth: number): void => {
    run.allowDepth(depth);
    run.spendFor(items.length);
    for (const item of items) {
      if (Array.isArray(item) && left > 0) visit(item, left - 1, depth + 1);
      else if (flat.push(item) > run.arrayLength) run.allowList(flat.length);
    }
  };
  visit(list, levels, 0);
  return flat;
}

/** Joins the texts of items within the budgets. */
export function joinList(run: Run, list: List, separator: string): string {
  run.spend(list.length);
  const texts = list.map((item) => toText(run, item));
  run.allowText(texts.reduce((sum, text) => sum + text.length, separator.length * Math.max(0, texts.length - 1)));
  return texts.join(separator);
}

function sortCopy(run: Run, list: List, compare: unknown): unknown[] {
  run.allowList(list.length);
  if (compare === undefined) return list.toSorted((a, b) => (toText(run, a) < toText(run, b) ? -1 : 1));
  const order = callback(run, compare);
  return list.toSorted((a, b) => toNumber(run, order(a, b)) || 0);
}

function concat(run: Run, [self, ...others]: readonly unknown[]): unknown[] {
  const length = others.reduce(
    (sum: number, other) => sum + (Array.isArray(other) ? other.length : 1),
    (self as List).length,
  );
  run.allowList(length);
  return (self as unknown[]).concat(
    ...others.map((other) => (Array.isArray(other) ? (other as unknown[]) : [held(run, other)])),
  );
}

function replaceItem(run: Run, list: List, at: unknown, value: unknown): unknown[] {
  run.allowList(list.length);
  const index = integer(run, at);
  const place = index < 0 ? list.length + index : index;
  if (place < 0 || place >= list.length)
    throw run.error('expression.bad-argument', 'with() needs the index of an item of the list.');
  return list.with(place, held(run, value));
}

function toSpliced(run: Run, [self, start, count, ...items]: readonly unknown[]): unknown[] {
  const list = self as List;
  run.allowList(list.length + items.length);
  for (const item of items) held(run, item);
  const from = integer(run, start);
  return list.toSpliced(from, count === undefined ? list.length : integer(run, count), ...items);
}

/** The methods of a list. None changes it: sort() and reverse() give a new list. */
export const listMethods: ReadonlyMap<string, FunctionEntry> = new Map(
  Object.entries({
    at: method(0, (run, list, at) => list.at(integer(run, at))),
    concat: entry(0, Infinity, concat),
    entries: method(0, (run, list) => {
      run.allowList(list.length * 2);
      return list.map((item, index) => [index, item]);
    }),
    every: visiting((list, visit) => list.every((item, index) => visit(item, index, list))),
    filter: visiting((list, visit) => list.filter((item, index) => visit(item, index, list))),
    find: visiting((list, visit) => list.find((item, index) => visit(item, index, list))),
    findIndex: visiting((list, visit) => list.findIndex((item, index) => visit(item, index, list))),
    findLast: visiting((list, visit) => list.findLast((item, index) => visit(item, index, list))),
    findLastIndex: visiting((list, visit) => list.findLastIndex((item, index) => visit(item, index, list))),
    flat: method(0, (run, list, levels) => flatten(run, list, levels === undefined ? 1 : integer(run, levels))),
    flatMap: visiting((list, visit, run) =>
      flatten(
        run,
        list.map((item, index) => visit(item, index, list)),
        1,
      ),
    ),
    includes: method(1, (run, list, item, from) => list.includes(item, integer(run, from))),
    indexOf: method(1, (run, list, item, from) => list.indexOf(item, integer(run, from))),
    join: method(0, (run, list, separator) => joinList(run, list, optionalText(run, separator) ?? ',')),
    keys: method(0, (run, list) => {
      run.allowList(list.length);
      return list.map((_, index) => index);
    }),
    lastIndexOf: method(1, (run, list, item, from) => list.lastIndexOf(item, optionalInteger(run, from) ?? Infinity)),
    map: visiting((list, visit) => list.map((item, index) => visit(item, index, list))),
    reduce: entry(1, 2, (run, args) => reduce(run, args, false), 0b10),
    reduceRight: entry(1, 2, (run, args) => reduce(run, args, true), 0b10),
    reverse: method(0, (run, list) => {
      run.allowList(list.length);
      return list.toReversed();
    }),
    slice: method(0, (run, list, start, end) => list.slice(integer(run, start), optionalInteger(run, end))),
    some: visiting((list, visit) => list.some((item, index) => visit(item, index, list))),
    sort: entry(0, 1, (run, [self, compare]) => sortCopy(run, self as List, compare), 0b10),
    toReversed: method(0, (run, list) => {
      run.allowList(list.length);
      return list.toReversed();
    }),
    toSorted: entry(0, 1, (run, [self, compare]) => sortCopy(run, self as List, compare), 0b10),
    toSpliced: entry(1, Infinity, toSpliced),
    toString: method(0, (run, list) => toText(run, list)),
    values: method(0, (run, list) => {
      run.allowList(list.length);
      return list.map((item) => safe(item));
    }),
    with: method(2, replaceItem),
  }),
);
