import type { DataSetting, Expand, TableDescription } from '@fettle/sdk';
import type { ComponentHost, RowsOptions } from '@fettle/sdk/react';

/**
 * What to ask for so that these columns are there: plain ones as columns, `relation.column` by bringing the related
 * row along. None chosen means every column of the table. A column whose own name has a dot comes first.
 */
export function requestOfColumns(
  names: readonly string[] | undefined,
  table?: TableDescription,
): Pick<RowsOptions, 'columns' | 'expand'> {
  const chosen = names ?? [];
  const isOwn = (name: string): boolean =>
    !name.includes('.') || table?.columns.some((column) => column.name === name) === true;
  const columns = chosen.filter(isOwn);
  const expand = expandOf(chosen.filter((name) => !isOwn(name)).map((name) => name.split('.')));
  return {
    ...(columns.length === 0 ? {} : { columns }),
    ...(Object.keys(expand).length === 0 ? {} : { expand }),
  };
}

/** {@link requestOfColumns} for the table of a data setting, as far as the person may see it. */
export function requestFor(
  host: ComponentHost,
  data: DataSetting | undefined,
  names: readonly string[] | undefined,
): Pick<RowsOptions, 'columns' | 'expand'> {
  return requestOfColumns(names, data?.kind === 'table' ? host.data.describe(data) : undefined);
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
