import type { Expand, RelationDescription, Row, SchemaDescription, TableDescription } from '@fettle/sdk';
import { isJsonObject, type Json } from '@fettle/base';

const mostRelations = 20;

/** A link to at most one related row, shown at the first column it goes through. */
export interface RelationColumn {
  readonly relation: RelationDescription;
  readonly target: TableDescription;
}

/** The to-one relations of a table by the column at which they are shown. */
export function relationColumns(
  table: TableDescription,
  schema: SchemaDescription,
): ReadonlyMap<string, RelationColumn> {
  const found = new Map<string, RelationColumn>();
  for (const relation of table.relations) {
    const [column] = relation.columns;
    if (relation.kind !== 'one' || relation.through !== undefined || column === undefined || found.has(column))
      continue;
    // The other side of a one-to-one link goes through this table's own key: the key is shown there.
    if (sameColumns(relation.columns, table.primaryKey) && !isForeignKeyLike(relation, table)) continue;
    const target = schema.tables.find(({ id }) => id === relation.table);
    if (target !== undefined && found.size < mostRelations) found.set(column, { relation, target });
  }
  return found;
}

/** What to bring along to name the related rows. */
export function expandOf(columns: ReadonlyMap<string, RelationColumn>): Expand | undefined {
  const entries = [...columns.values()].map(({ relation, target }) => {
    const names = new Set([
      ...relation.foreignColumns,
      ...(target.labelColumn === undefined ? [] : [target.labelColumn]),
    ]);
    return [relation.name, { columns: [...names] }] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What names the related row of a row; undefined when there is none. */
export function relatedLabel(row: Row, { relation, target }: RelationColumn): string | undefined {
  const related = row[relation.name];
  if (!isJsonObject(related)) return undefined;
  const label = target.labelColumn === undefined ? undefined : related[target.labelColumn];
  const text = label === null || label === undefined || typeof label === 'object' ? '' : String(label);
  return text === '' ? relation.columns.map((column) => String(row[column] ?? '')).join(' · ') : text;
}

/** The values that find the related row in its table; undefined when one of them is null. */
export function relatedKey(row: Row, relation: RelationDescription): Readonly<Record<string, Json>> | undefined {
  const entries = relation.foreignColumns.map(
    (foreign, index) => [foreign, row[relation.columns[index] ?? ''] ?? null] as const,
  );
  return entries.some(([, value]) => value === null) ? undefined : Object.fromEntries(entries);
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}

// Of a key that is a foreign key as well, the other table's key stands on the other side.
function isForeignKeyLike(relation: RelationDescription, table: TableDescription): boolean {
  return table.primaryKey.length > 1 || relation.table === table.id;
}
