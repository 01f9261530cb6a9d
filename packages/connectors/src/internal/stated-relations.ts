import type { RelationDescription, RelationNames, TableDescription } from '@fettle/sdk';
import type { StoredField } from './engine.ts';

/** Gives relations the names that their columns state. One that had such a name by chance gets a number. */
export function nameAsStated(
  tables: readonly TableDescription[],
  fields: readonly StoredField[],
): readonly TableDescription[] {
  const stated = new Map(
    fields.flatMap(({ table, specification: { name, relationNames } }) =>
      relationNames === undefined ? [] : [[keyOf(table, name), relationNames] as const],
    ),
  );
  return stated.size === 0 ? tables : tables.map((table) => renameRelations(table, stated));
}

function renameRelations(table: TableDescription, stated: ReadonlyMap<string, RelationNames>): TableDescription {
  const columns = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  const taken = new Set(columns);
  const names = new Map<RelationDescription, string>();
  for (const relation of table.relations) {
    const name = statedName(table, relation, stated);
    if (name === undefined || taken.has(name.toLowerCase())) continue;
    names.set(relation, name);
    taken.add(name.toLowerCase());
  }
  if (names.size === 0) return table;
  const relations = table.relations.map((relation) => {
    const name = names.get(relation) ?? freeName(relation.name, taken);
    taken.add(name.toLowerCase());
    return name === relation.name ? relation : { ...relation, name };
  });
  return { ...table, relations };
}

function statedName(
  { id }: TableDescription,
  { columns, foreignColumns, table, through }: RelationDescription,
  stated: ReadonlyMap<string, RelationNames>,
): string | undefined {
  if (through !== undefined) return stated.get(keyOf(through.table, through.columns[0] ?? ''))?.through;
  return stated.get(keyOf(id, columns[0] ?? ''))?.own ?? stated.get(keyOf(table, foreignColumns[0] ?? ''))?.back;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}_${number}`;
  return free;
}

function keyOf(table: string, column: string): string {
  return JSON.stringify([table, column]);
}
