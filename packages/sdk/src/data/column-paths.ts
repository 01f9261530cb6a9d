import type { Expand, ListRequest } from './requests.ts';

/** What to ask for so that these columns are there: plain ones as columns, `relation.column` by bringing the related row along. */
export function requestOfPaths(paths: readonly string[]): Pick<ListRequest, 'columns' | 'expand'> {
  const columns = paths.filter((path) => !path.includes('.'));
  const expand = expandOf(paths.filter((path) => path.includes('.')));
  return {
    ...(columns.length === 0 ? {} : { columns }),
    ...(Object.keys(expand).length === 0 ? {} : { expand }),
  };
}

function expandOf(paths: readonly string[]): Expand {
  const byRelation = Map.groupBy(paths, (path) => path.slice(0, path.indexOf('.')));
  return Object.fromEntries(
    [...byRelation].map(([relation, of]) => [
      relation,
      requestOfPaths(of.map((path) => path.slice(relation.length + 1))),
    ]),
  );
}
