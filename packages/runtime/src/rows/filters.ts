import type { Filter, FilterCondition } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { textOf } from '../state/text-of.ts';

/** A filter ready to be sent; `isWaiting` when a value it needs is not known yet. */
export interface ResolvedFilter {
  readonly filter: Filter | undefined;
  readonly isWaiting: boolean;
}

const withoutValue: ReadonlySet<string> = new Set(['empty', 'notEmpty']);

/** Drops optional conditions that have no value, and notices values that are still missing. */
export function resolveFilter(filter: Filter | undefined): ResolvedFilter {
  if (filter === undefined) return { filter: undefined, isWaiting: false };
  if ('and' in filter || 'or' in filter) {
    const isAnd = 'and' in filter;
    const parts = (isAnd ? filter.and : filter.or).map(resolveFilter);
    const kept = parts.flatMap((part) => (part.filter === undefined ? [] : [part.filter]));
    const isWaiting = parts.some((part) => part.isWaiting);
    if (kept.length === 0) return { filter: undefined, isWaiting };
    return { filter: isAnd ? { and: kept } : { or: kept }, isWaiting };
  }
  if ('not' in filter) {
    const inner = resolveFilter(filter.not);
    return inner.filter === undefined ? inner : { filter: { not: inner.filter }, isWaiting: inner.isWaiting };
  }
  if ('relation' in filter) {
    const { filter: given, ...rest } = filter;
    const inner = resolveFilter(given);
    return {
      filter: { ...rest, ...(inner.filter === undefined ? {} : { filter: inner.filter }) },
      isWaiting: inner.isWaiting,
    };
  }
  return resolveCondition(filter);
}

function resolveCondition(condition: FilterCondition): ResolvedFilter {
  const { optional, ...plain } = condition;
  if (withoutValue.has(condition.operator)) return { filter: plain, isWaiting: false };
  const { value } = condition;
  const isNothing =
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.every((item) => item === null || item === ''));
  if (optional === true && isNothing) return { filter: undefined, isWaiting: false };
  const isIncomplete = value === undefined || (Array.isArray(value) && value.some((item) => item === undefined));
  return { filter: plain, isWaiting: isIncomplete };
}

/** Both filters, when both are given. */
export function joinFilters(one: Filter | undefined, other: Filter | undefined): Filter | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { and: [one, other] };
}

/** Whether a row that is already here matches. Relation filters match every row: only the server can answer them. */
export function matchesFilter(row: Row, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((part) => matchesFilter(row, part));
  if ('or' in filter) return filter.or.some((part) => matchesFilter(row, part));
  if ('not' in filter) return !matchesFilter(row, filter.not);
  if ('relation' in filter) return true;
  const found = row[filter.column] ?? null;
  const compare = comparisons[filter.operator];
  return compare === undefined || compare(found, filter.value ?? null);
}

type Compare = (found: Json, value: Json) => boolean;
const text = (value: Json): string => textOf(value).toLowerCase();
const list = (value: Json): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === null ? [] : [value];
const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
const isSame: Compare = (found, value) => text(found) === text(value) && (found === null) === (value === null);

const comparisons: Readonly<Record<string, Compare>> = {
  equal: isSame,
  notEqual: (found, value) => !isSame(found, value),
  less: (found, value) => found !== null && compareValues(found, value) < 0,
  lessOrEqual: (found, value) => found !== null && compareValues(found, value) <= 0,
  greater: (found, value) => found !== null && compareValues(found, value) > 0,
  greaterOrEqual: (found, value) => found !== null && compareValues(found, value) >= 0,
  between: (found, value) => {
    const [low, high] = list(value);
    return found !== null && compareValues(found, low ?? null) >= 0 && compareValues(found, high ?? null) <= 0;
  },
  contains: (found, value) => text(found).includes(text(value)),
  notContains: (found, value) => !text(found).includes(text(value)),
  startsWith: (found, value) => text(found).startsWith(text(value)),
  endsWith: (found, value) => text(found).endsWith(text(value)),
  oneOf: (found, value) => list(value).some((item) => isSame(found, item)),
  notOneOf: (found, value) => !list(value).some((item) => isSame(found, item)),
  containsAny: (found, value) => list(value).some((item) => list(found).some((own) => isSame(own, item))),
  containsAll: (found, value) => list(value).every((item) => list(found).some((own) => isSame(own, item))),
  empty: isEmpty,
  notEmpty: (found) => !isEmpty(found),
};

/** Order of two values: nothing first, numbers (also as text) by size, the rest as text. */
export function compareValues(one: Json, other: Json): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  const [a, b] = [Number(one), Number(other)];
  if (one !== '' && other !== '' && Number.isFinite(a) && Number.isFinite(b)) return a - b;
  return textOf(one).localeCompare(textOf(other), undefined, { numeric: true, sensitivity: 'base' });
}
