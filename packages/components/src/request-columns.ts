import type { Expand } from '@fettle/sdk';
import type { RowsOptions } from '@fettle/sdk/react';

/**
 * What to ask for so that these columns are there: plain ones as columns, `relation.column` by bringing the related
 * row along. None chosen means every column of the table.
 */
export function requestOfColumns(names: readonly string[] | undefined): Pick<RowsOptions, 'columns' | 'expand'> {
  const chosen = names ?? [];
  const columns = chosen.filter((name) => !name.includes('.'));
  const expand = expandOf(chosen.filter((name) => name.includes('.')).map((name) => name.split('.')));
  return {
    ...(columns.length === 0 ? {} : { columns }),
    ...(Object.keys(expand).length === 0 ? {} : { expand }),
  };
}

function expandOf(paths: readonly (readonly string[])[]): Expand {
  const relations = [...new Set(paths.map(([relation]) => relation as string))];
  return Object.fromEntries(
    relations.map((relation) => {
      const rests = paths.filter((path) => path[0] === relation).map((path) => path.slice(1));
      const columns = rests.filter((rest) => rest.length === 1).map((rest) => rest[0] as string);
      const deeper = rests.filter((rest) => rest.length > 1);
      return [
        relation,
        { ...(columns.length === 0 ? {} : { columns }), ...(deeper.length === 0 ? {} : { expand: expandOf(deeper) }) },
      ];
    }),
  );
}
