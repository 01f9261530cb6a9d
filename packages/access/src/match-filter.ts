import { jsonEquals, type Json } from '@fettle/base';
import { isFilterGroup, type Filter, type FilterCondition } from './filter.ts';

/** Column values by name. */
type Row = Readonly<Record<string, Json>>;

/**
 * True when the row passes the filter: what connectors say of stored rows, said of a row that is at hand. Relation
 * filters look at expanded rows held in the row.
 */
export function matchesFilter(row: Row, filter: Filter): boolean {
  if (isFilterGroup(filter)) {
    if ('and' in filter) return filter.and.every((part) => matchesFilter(row, part));
    return filter.or.some((part) => matchesFilter(row, part));
  }
  if ('not' in filter) return !matchesFilter(row, filter.not);
  if ('relation' in filter) return matchesRelated(row, filter);
  return matchesCondition(row, filter);
}

function matchesRelated(row: Row, filter: Extract<Filter, { relation: string }>): boolean {
  const value = row[filter.relation];
  const related = (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]) as Row[];
  const test = (item: Row): boolean => filter.filter === undefined || matchesFilter(item, filter.filter);
  if (filter.match === 'some') return related.some(test);
  if (filter.match === 'every') return related.every(test);
  return !related.some(test);
}

function matchesCondition(row: Row, condition: FilterCondition): boolean {
  const value = valueAt(row, condition.column);
  const wanted = condition.value ?? null;
  if (condition.optional === true && isBlank(wanted)) return true;
  switch (condition.operator) {
    case 'empty':
      return isBlank(value);
    case 'notEmpty':
      return !isBlank(value);
    case 'equal':
      return sameValue(value, wanted);
    case 'notEqual':
      return !sameValue(value, wanted);
    case 'less':
    case 'lessOrEqual':
    case 'greater':
    case 'greaterOrEqual':
      return value !== null && wanted !== null && orders[condition.operator](compareValues(value, wanted));
    case 'between': {
      const [low = null, high = null] = listOf(wanted);
      if (value === null) return false;
      return (low === null || compareValues(value, low) >= 0) && (high === null || compareValues(value, high) <= 0);
    }
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return value !== null && wanted !== null && texts[condition.operator](textOf(value), textOf(wanted));
    case 'notContains':
      return value === null || wanted === null || !textOf(value).includes(textOf(wanted));
    case 'oneOf':
      return listOf(wanted).some((item) => sameValue(value, item));
    case 'notOneOf':
      return !listOf(wanted).some((item) => sameValue(value, item));
    case 'containsAny':
      return listOf(wanted).some((item) => listOf(value).some((own) => sameValue(own, item)));
    case 'containsAll':
      return listOf(wanted).every((item) => listOf(value).some((own) => sameValue(own, item)));
  }
}

const orders: Readonly<Record<'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual', (order: number) => boolean>> = {
  less: (order) => order < 0,
  lessOrEqual: (order) => order <= 0,
  greater: (order) => order > 0,
  greaterOrEqual: (order) => order >= 0,
};

type TextOperator = 'contains' | 'startsWith' | 'endsWith' | 'matches';
const texts: Readonly<Record<TextOperator, (text: string, wanted: string) => boolean>> = {
  contains: (text, wanted) => text.includes(wanted),
  startsWith: (text, wanted) => text.startsWith(wanted),
  endsWith: (text, wanted) => text.endsWith(wanted),
  matches: matchesPattern,
};

/** `*` stands for any text, `?` for one character. Goes back to the last `*` only, so it takes no longer than it must. */
function matchesPattern(text: string, pattern: string): boolean {
  let [at, wanted, star, resumed] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[wanted] === '*') {
      star = wanted;
      resumed = at;
      wanted += 1;
    } else if (pattern[wanted] === '?' || pattern[wanted] === text[at]) {
      at += 1;
      wanted += 1;
    } else if (star >= 0) {
      resumed += 1;
      at = resumed;
      wanted = star + 1;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
}

/** Follows `relation.column` paths; what the row itself has under the whole name comes first. */
export function valueAt(row: Row, path: string): Json {
  if (Object.hasOwn(row, path)) return row[path] ?? null;
  let value: Json = row;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    value = (value as Row)[name] ?? null;
  }
  return value;
}

/** Numbers by size, everything else as text; blanks first. */
export function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const numberA = Number(a);
  const numberB = Number(b);
  if (a !== '' && b !== '' && Number.isFinite(numberA) && Number.isFinite(numberB)) return numberA - numberB;
  const textA = textOf(a);
  const textB = textOf(b);
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

function sameValue(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  if (typeof a === 'object' || typeof b === 'object') return jsonEquals(a, b);
  if (typeof a === 'number' || typeof b === 'number') return Number(a) === Number(b);
  return a === b;
}

function isBlank(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function textOf(value: Json): string {
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).toLowerCase();
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
