import { jsonEquals, type Json } from '@fettle/base';
import { isFilterGroup, type Filter, type FilterCondition } from '@fettle/access';
import type { Row } from '../data/table.ts';

/** True when the row passes the filter. Relation filters look at expanded rows held in the row. */
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
      return compareValues(value, wanted) < 0;
    case 'lessOrEqual':
      return compareValues(value, wanted) <= 0;
    case 'greater':
      return compareValues(value, wanted) > 0;
    case 'greaterOrEqual':
      return compareValues(value, wanted) >= 0;
    case 'between': {
      const [low = null, high = null] = wanted as readonly Json[];
      return compareValues(value, low) >= 0 && compareValues(value, high) <= 0;
    }
    case 'contains':
      return textOf(value).includes(textOf(wanted));
    case 'notContains':
      return !textOf(value).includes(textOf(wanted));
    case 'startsWith':
      return textOf(value).startsWith(textOf(wanted));
    case 'endsWith':
      return textOf(value).endsWith(textOf(wanted));
    case 'matches':
      return new RegExp(String(wanted), 'i').test(String(value ?? ''));
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

/** Follows `relation.column` paths. */
export function valueAt(row: Row, path: string): Json {
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
  return String(a) === String(b);
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
