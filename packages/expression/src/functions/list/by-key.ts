import { toText } from '../../evaluate/conversions.ts';
import type { Callback, Run } from '../../evaluate/run.ts';
import { createRecord, held, memberKeys, putMember, readMember } from '../../evaluate/values.ts';
import { compareValues, isNothing, listOf, numberOf, selectorOf, textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { exactSum } from '../number/statistics.ts';
import { identityOf } from './parts.ts';

type List = readonly unknown[];
/** The second argument may be an arrow function. */
const selects = 0b10;

function byKey(
  least: number,
  most: number,
  apply: (run: Run, list: List, select: Callback, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(least, most, (run, args) => apply(run, listOf(run, args[0]), selectorOf(run, args[1]), args), selects);
}

function groups(run: Run, list: List, select: Callback): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  list.forEach((item, index) => {
    const key = toText(run, select(item, index));
    const group = found.get(key);
    if (group) group.push(held(run, item));
    else found.set(key, [held(run, item)]);
  });
  run.allowList(found.size);
  return found;
}

function toRecord<Value>(
  run: Run,
  entries: Iterable<readonly [string, Value]>,
  value: (value: Value) => unknown,
): Record<string, unknown> {
  const record = createRecord();
  for (const [key, item] of entries) putMember(run, record, key, value(item));
  return record;
}

function sortBy(run: Run, list: List, select: Callback, direction: unknown): unknown[] {
  const sign = direction === undefined || textOf(run, direction).toLowerCase() !== 'desc' ? 1 : -1;
  run.allowList(list.length);
  const keyed = list.map((item, index) => ({ item, key: select(item, index) }));
  return keyed
    .toSorted((a, b) => {
      run.spend(1);
      // Nothing stays last in both directions.
      const isNone = isNothing(a.key) || isNothing(b.key);
      return isNone ? Number(isNothing(a.key)) - Number(isNothing(b.key)) : sign * compareValues(run, a.key, b.key);
    })
    .map(({ item }) => item);
}

function numbersBy(run: Run, list: List, select: Callback): number[] {
  const values = list.map((item, index) => select(item, index));
  return values.filter((value) => !isNothing(value)).map((value) => numberOf(run, value));
}

function extremeBy(run: Run, list: List, select: Callback, sign: 1 | -1): unknown {
  let best: { readonly item: unknown; readonly key: unknown } | undefined;
  list.forEach((item, index) => {
    const key = select(item, index);
    if (isNothing(key)) return;
    if (best === undefined || sign * compareValues(run, key, best.key) > 0) best = { item, key };
  });
  return best?.item;
}

/** True when every member of `wanted` equals the one of `item`. */
function meets(run: Run, item: unknown, wanted: unknown): boolean {
  return memberKeys(run, wanted).every(
    (key) => identityOf(run, readMember(run, item, key)) === identityOf(run, readMember(run, wanted, key)),
  );
}

function partition(list: List, test: Callback, run: Run): unknown[][] {
  const parts: [unknown[], unknown[]] = [[], []];
  list.forEach((item, index) => parts[test(item, index) ? 0 : 1].push(held(run, item)));
  return parts;
}

function uniqueBy(run: Run, list: List, select: Callback): unknown[] {
  const seen = new Set<unknown>();
  return list.filter((item, index) => {
    const key = identityOf(run, select(item, index));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Functions of lists of rows, by a member name, a path or an arrow function. */
export const byKeyFunctions: FunctionFamily = {
  groupBy: byKey(2, 2, (run, list, select) => toRecord(run, groups(run, list, select), (group) => group)),
  countBy: byKey(2, 2, (run, list, select) => toRecord(run, groups(run, list, select), (group) => group.length)),
  keyBy: byKey(2, 2, (run, list, select) =>
    toRecord(
      run,
      list.map((item, index) => [toText(run, select(item, index)), item] as const),
      (item) => item,
    ),
  ),
  sortBy: byKey(1, 3, (run, list, select, args) => sortBy(run, list, select, args[2])),
  uniqueBy: byKey(2, 2, uniqueBy),
  sumBy: byKey(2, 2, (run, list, select) => exactSum(numbersBy(run, list, select))),
  averageBy: byKey(2, 2, (run, list, select) => {
    const numbers = numbersBy(run, list, select);
    return numbers.length === 0 ? null : exactSum(numbers) / numbers.length;
  }),
  minBy: byKey(2, 2, (run, list, select) => extremeBy(run, list, select, -1)),
  maxBy: byKey(2, 2, (run, list, select) => extremeBy(run, list, select, 1)),
  pluck: byKey(2, 2, (run, list, select) => list.map((item, index) => held(run, select(item, index)))),
  partition: byKey(2, 2, (run, list, select) => partition(list, select, run)),
  count: byKey(1, 2, (_, list, select, args) =>
    args[1] === undefined ? list.length : list.filter((item, index) => select(item, index)).length,
  ),
  where: entry(2, 2, (run, args) => listOf(run, args[0]).filter((item) => meets(run, item, args[1]))),
  findWhere: entry(2, 2, (run, args) => listOf(run, args[0]).find((item) => meets(run, item, args[1]))),
};
