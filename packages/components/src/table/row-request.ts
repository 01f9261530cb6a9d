import type { Expand, ExpandRequest, TableDescription } from '@fettle/sdk';
import type { TableColumn } from './table-column.ts';

/** The columns and related rows to ask for so that these grid columns can be shown and edited. */
export function requestFor(
  table: TableDescription,
  columns: readonly TableColumn[],
): { readonly columns: readonly string[]; readonly expand?: Expand } {
  const own = new Set(table.primaryKey);
  const related: string[] = [];
  for (const column of columns) {
    if (column.writes !== undefined) own.add(column.writes.name);
    if (column.path === undefined) continue;
    if (table.columns.some((candidate) => candidate.name === column.path)) own.add(column.path);
    else related.push(column.path);
  }
  // A value worked out per row may read any column, so then all of them come, except bulky binary ones.
  const readsRow = columns.some(
    ({ setting }) => typeof setting?.value === 'function' || typeof setting?.link === 'function',
  );
  if (readsRow) {
    for (const column of table.columns) if (column.type !== 'binary') own.add(column.name);
  }
  const known = table.columns.map((column) => column.name).filter((name) => own.has(name));
  return { columns: known, ...(related.length === 0 ? {} : { expand: expandPaths(related) }) };
}

/** `['album.title', 'album.artist.name']` as an expand request. */
export function expandPaths(paths: readonly string[]): Expand {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [first = '', ...rest] = path.split('.');
    groups.set(first, [...(groups.get(first) ?? []), rest.join('.')]);
  }
  return Object.fromEntries(
    [...groups].map(([relation, inner]): [string, ExpandRequest] => {
      const columns = [...new Set(inner.filter((path) => !path.includes('.')))];
      const deeper = inner.filter((path) => path.includes('.'));
      return [relation, { columns, ...(deeper.length === 0 ? {} : { expand: expandPaths(deeper) }) }];
    }),
  );
}
