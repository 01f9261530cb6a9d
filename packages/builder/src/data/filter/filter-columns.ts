import type { ColumnDescription, SchemaDescription, TableDescription } from '@fettle/sdk';

/** A column that rows can be filtered by: one of the table, or one of the rows it links to. */
export interface FilterColumn extends ColumnDescription {
  /** The relation it is reached through; `name` then is `relation.column`. */
  readonly relation?: { readonly name: string; readonly kind: 'one' | 'many' };
}

/** The columns of a table, then those of its related rows: through links to one row and to many. */
export function filterColumns(table: TableDescription, schema: SchemaDescription): readonly FilterColumn[] {
  const related = table.relations.flatMap(({ name, kind, table: other }) =>
    (schema.tables.find(({ id }) => id === other)?.columns ?? []).map((column) => ({
      ...column,
      name: `${name}.${column.name}`,
      relation: { name, kind },
    })),
  );
  return [...table.columns, ...related];
}

/** The columns for a select: those of the table first, then a group for each relation. */
export function groupFilterColumns(columns: readonly FilterColumn[]) {
  const groups = Map.groupBy(columns, ({ relation }) => relation?.name ?? '');
  if (groups.size <= 1) return columns.map(({ name }) => name);
  return [...groups].map(([relation, members]) => ({
    group: relation === '' ? 'This table' : relation,
    items: members.map(({ name }) => ({ value: name, label: name })),
  }));
}
