import type { Sort } from '../inputs/filter-types.ts';

/** The sort after a click on a header: ascending, descending, none. With `isAdded`, other columns stay. */
export function toggleSort(sort: readonly Sort[], column: string, isAdded: boolean): readonly Sort[] {
  const current = sort.find((entry) => entry.column === column);
  const next: Sort | undefined =
    current === undefined
      ? { column, direction: 'ascending' }
      : current.direction === 'ascending'
        ? { column, direction: 'descending' }
        : undefined;
  if (!isAdded) return next === undefined ? [] : [next];
  if (current === undefined) return [...sort, next as Sort];
  return sort.flatMap((entry) => (entry.column === column ? (next ?? []) : entry));
}
