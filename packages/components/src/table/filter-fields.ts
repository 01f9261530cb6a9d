import type { TableDescription } from '@fettle/sdk';
import type { ComponentHost, TablePlace } from '@fettle/sdk/react';
import type { FilterField } from '../inputs/filter-draft.ts';
import type { TableColumn } from './table-column.ts';
import { relationTarget } from './table-place.ts';

/** What people can filter a table by: its columns, related rows through a picker. */
export function filterFields(options: {
  readonly host: ComponentHost;
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly columns: readonly TableColumn[];
}): readonly FilterField[] {
  const { host, place, columns } = options;
  const fields = columns.flatMap((column): readonly FilterField[] => {
    if (column.path === undefined) return [];
    const { relation, writes } = column;
    if (relation !== undefined && writes !== undefined && place !== undefined) {
      const target = relationTarget(host, place, relation);
      if (target !== undefined) {
        return [
          {
            path: writes.name,
            label: column.label,
            kind: 'text',
            relation: { place: target.place, description: relation, other: target.other },
          },
        ];
      }
    }
    if (column.kind === 'opaque') return [];
    const choices = column.column?.options;
    return [
      {
        path: column.path,
        label: column.label,
        kind: column.kind,
        ...(choices === undefined ? {} : { options: choices }),
      },
    ];
  });
  return fields.filter((field, index) => fields.findIndex((other) => other.path === field.path) === index);
}
