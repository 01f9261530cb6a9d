import { filterOperators, type Sort } from '@fettle/access';
import { isJsonObject } from '@fettle/base';
import { noFilter, type ConditionDraft, type FilterDraft } from '../filter/filter-draft.ts';

/** What of a table is looked at. It lives in the address, so that going back and sharing a link work. */
export interface RowsView {
  readonly search: string;
  readonly filter: FilterDraft;
  readonly sort: readonly Sort[];
  readonly offset: number;
  readonly size: number;
}

/** The page sizes to choose from. */
export const pageSizes = [25, 50, 100, 250, 500] as const;

/** All rows from the first one. */
export const wholeTable: RowsView = { search: '', filter: noFilter, sort: [], offset: 0, size: 50 };

/** The view that an address names. What it gets wrong counts as not there. */
export function parseView(query: string): RowsView {
  const parameters = new URLSearchParams(query);
  const size = Number(parameters.get('size'));
  const offset = Number(parameters.get('from'));
  return {
    search: parameters.get('search') ?? '',
    filter: parseFilterDraft(parameters.get('filter')),
    sort: (parameters.get('sort') ?? '')
      .split(',')
      .filter((part) => part.length > 1)
      .map(parseSort),
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    size: pageSizes.some((known) => known === size) ? size : wholeTable.size,
  };
}

/** The view as the query part of an address, without what is usual. */
export function formatView(view: RowsView): string {
  const parameters = new URLSearchParams();
  if (view.search !== '') parameters.set('search', view.search);
  if (view.filter.conditions.length > 0) parameters.set('filter', JSON.stringify(view.filter));
  if (view.sort.length > 0) parameters.set('sort', view.sort.map(formatSort).join(','));
  if (view.offset > 0) parameters.set('from', String(view.offset));
  if (view.size !== wholeTable.size) parameters.set('size', String(view.size));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** The sorting after a click on a column: ascending, descending, none. `isAdded` keeps the other columns. */
export function nextSort(sort: readonly Sort[], column: string, isAdded: boolean): readonly Sort[] {
  const current = sort.find((entry) => entry.column === column);
  const others = isAdded ? sort.filter((entry) => entry.column !== column) : [];
  if (current?.direction === 'descending') return others;
  return [...others, { column, direction: current === undefined ? 'ascending' : 'descending' }];
}

function formatSort({ column, direction }: Sort): string {
  return `${direction === 'descending' ? '-' : '+'}${encodeURIComponent(column)}`;
}

function parseSort(text: string): Sort {
  const name = text.slice(1);
  let column = name;
  try {
    column = decodeURIComponent(name);
  } catch {
    // A stray percent sign: the name as it stands.
  }
  return { column, direction: text.startsWith('-') ? 'descending' : 'ascending' };
}

function parseFilterDraft(text: string | null): FilterDraft {
  if (text === null) return noFilter;
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || !Array.isArray(value['conditions'])) return noFilter;
    const conditions = (value['conditions'] as readonly unknown[]).filter(isCondition);
    return { join: value['join'] === 'or' ? 'or' : 'and', conditions };
  } catch {
    return noFilter;
  }
}

function isCondition(value: unknown): value is ConditionDraft {
  if (!isJsonObject(value)) return false;
  const { column, operator, operands } = value;
  const isKnown = typeof operator === 'string' && (filterOperators as readonly string[]).includes(operator);
  return (
    typeof column === 'string' &&
    isKnown &&
    Array.isArray(operands) &&
    operands.every((operand) => typeof operand === 'string')
  );
}
