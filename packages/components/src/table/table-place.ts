import { createContext, useContext } from 'react';
import type { RelationDescription, TableDescription } from '@fettle/sdk';
import { useHost, type ComponentHost, type TablePlace } from '@fettle/sdk/react';
import type { RelationTarget } from '../inputs/control-props.ts';
import type { TableColumn } from './table-column.ts';

const PlaceContext = createContext<TablePlace | undefined>(undefined);

/** Says where the rows of the grid are, for editors deep inside it. */
export const TablePlaceProvider = PlaceContext.Provider;

/** Where a to-one relation leads, for pickers. Undefined when the person may not see the other table. */
export function relationTarget(
  host: ComponentHost,
  place: TablePlace,
  relation: RelationDescription,
): (RelationTarget & { readonly other: TableDescription }) | undefined {
  const [keyColumn] = relation.foreignColumns;
  const target = { dataSource: place.dataSource, table: relation.table };
  const other = host.data.describe(target);
  if (keyColumn === undefined || other === undefined) return undefined;
  return { place: target, keyColumn, labelColumn: other.labelColumn ?? keyColumn, other };
}

/** The picker's target for a column that holds, or shows, a related row. */
export function useRelationTarget(column: TableColumn): RelationTarget | undefined {
  const host = useHost();
  const place = useContext(PlaceContext);
  if (place === undefined || column.relation === undefined || column.writes === undefined) return undefined;
  const target = relationTarget(host, place, column.relation);
  if (target === undefined) return undefined;
  const shown = column.path?.split('.').at(-1);
  const isPath = column.path !== column.writes.name;
  return {
    place: target.place,
    keyColumn: target.keyColumn,
    labelColumn: isPath && shown !== undefined ? shown : target.labelColumn,
  };
}
