import type { Row } from '@fettle/sdk';
import { plainText } from '../inputs/format-value.ts';
import type { Filter, FilterCondition, Sort } from '../inputs/filter-types.ts';
import { compareDigits, numberDigits } from '../inputs/number-text.ts';
import { readPath } from './table-column.ts';

// Results of queries and plain lists are in the browser already: what the server does for tables is done here.

/** The rows that contain the text, match the filter, in order. */
export function arrangeRows(
  rows: readonly Row[],
  view: { readonly search: string; readonly filter: Filter | undefined; readonly sort: readonly Sort[] },
): readonly Row[] {
  const text = view.search.trim().toLowerCase();
  const { filter } = view;
  const kept = rows.filter(
    (row) => (text === '' || holdsText(row, text)) && (filter === undefined || matches(row, filter)),
  );
  if (view.sort.length === 0) return kept;
  return [...kept].sort((a, b) => {
    for (const { column, direction } of view.sort) {
      const order = compareCells(readPath(a, column), readPath(b, column));
      if (order !== 0) return direction === 'ascending' ? order : -order;
    }
    return 0;
  });
}

function holdsText(row: Row, text: string): boolean {
  return Object.values(row).some((value) => typeof value !== 'object' && String(value).toLowerCase().includes(text));
}

/** Orders two cell values: numbers by size, texts by the alphabet, empty ones last. */
export function compareCells(a: unknown, b: unknown): number {
  const isEmpty = (value: unknown): boolean => value === null || value === undefined;
  if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
  const [left, right] = [numberDigits(a), numberDigits(b)];
  if (left !== undefined && right !== undefined) return compareDigits(left, right);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return plainText(a).localeCompare(plainText(b));
}

function matches(row: Row, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((inner) => matches(row, inner));
  if ('or' in filter) return filter.or.some((inner) => matches(row, inner));
  if ('not' in filter) return !matches(row, filter.not);
  // Plain rows have no relations: such a filter cannot hide any of them.
  if ('relation' in filter) return true;
  return matchesCondition(row, filter);
}

function matchesCondition(row: Row, condition: FilterCondition): boolean {
  const value = readPath(row, condition.column);
  const wanted = condition.value;
  if (condition.optional === true && (wanted === null || wanted === undefined || wanted === '')) return true;
  const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  const text = plainText(value).toLowerCase();
  const wantedText = plainText(wanted).toLowerCase();
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [];
  const holds = (item: unknown): boolean => Array.isArray(value) && value.map(plainText).includes(plainText(item));
  switch (condition.operator) {
    case 'empty':
      return isEmpty;
    case 'notEmpty':
      return !isEmpty;
    case 'equal':
      return wanted === null ? isEmpty : !isEmpty && compareCells(value, wanted) === 0;
    case 'notEqual':
      return wanted === null ? !isEmpty : isEmpty || compareCells(value, wanted) !== 0;
    case 'less':
      return !isEmpty && compareCells(value, wanted) < 0;
    case 'lessOrEqual':
      return !isEmpty && compareCells(value, wanted) <= 0;
    case 'greater':
      return !isEmpty && compareCells(value, wanted) > 0;
    case 'greaterOrEqual':
      return !isEmpty && compareCells(value, wanted) >= 0;
    case 'between':
      return !isEmpty && compareCells(value, list[0]) >= 0 && compareCells(value, list[1]) <= 0;
    case 'contains':
      return text.includes(wantedText);
    case 'notContains':
      return !text.includes(wantedText);
    case 'startsWith':
      return text.startsWith(wantedText);
    case 'endsWith':
      return text.endsWith(wantedText);
    case 'oneOf':
      return list.some((item) => plainText(item).toLowerCase() === text);
    case 'notOneOf':
      return !list.some((item) => plainText(item).toLowerCase() === text);
    case 'containsAny':
      return list.some(holds);
    case 'containsAll':
      return list.every(holds);
    case 'matches':
      // Free patterns could stall the page; the server runs them with a safe engine.
      return text.includes(wantedText);
  }
}
