import type { Json } from '@fettle/base';
import { isJsonObject } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import type { RowsOptions } from '@fettle/sdk/react';
import { compareValues, matchesFilter, resolveFilter } from './filters.ts';

/** Makes rows of any value: a list of objects, a list of plain values (column `value`), or one object. */
export function toRows(value: unknown, path?: string): readonly Row[] {
  const found = path === undefined || path === '' ? value : readPath(value, path.split('.'));
  if (Array.isArray(found)) return found.map((item: unknown) => (isJsonObject(item) ? item : { value: item as Json }));
  return isJsonObject(found) ? [found] : [];
}

function readPath(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((current, key) => {
    if (Array.isArray(current)) return (current as unknown[])[Number(key)];
    return isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }, value);
}

/** Filters, searches and sorts rows in the browser. They stay whole: the component pages them. */
export function arrangeRows(rows: readonly Row[], options: RowsOptions): readonly Row[] {
  let chosen = rows;
  const { filter } = resolveFilter(options.filter);
  if (filter !== undefined) chosen = chosen.filter((row) => matchesFilter(row, filter));
  const text = options.search?.text.trim().toLowerCase() ?? '';
  if (text !== '') {
    const columns = options.search?.columns;
    chosen = chosen.filter((row) =>
      (columns ?? Object.keys(row)).some((column) => {
        const value = row[column];
        return (
          value !== null &&
          value !== undefined &&
          typeof value !== 'object' &&
          String(value).toLowerCase().includes(text)
        );
      }),
    );
  }
  return options.sort === undefined || options.sort.length === 0 ? chosen : chosen.toSorted(orderOf(options.sort));
}

function orderOf(sort: NonNullable<RowsOptions['sort']>): (one: Row, other: Row) => number {
  return (one, other) => {
    for (const { column, direction } of sort) {
      const order = compareValues(one[column] ?? null, other[column] ?? null);
      if (order !== 0) return direction === 'ascending' ? order : -order;
    }
    return 0;
  };
}
