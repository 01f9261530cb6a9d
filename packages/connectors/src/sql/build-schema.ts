import { forbiddenKeys } from '@fettle/base';
import {
  chooseLabelColumn,
  nameRelations,
  type ColumnDescription,
  type ForeignKey,
  type SchemaDescription,
  type TableDescription,
} from '@fettle/sdk';

/** A table as a dialect's introspection finds it. */
export interface FoundTable {
  /** Undefined where the system has no schemas. */
  readonly schema: string | undefined;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly writable: boolean;
  readonly comment: string | undefined;
  readonly columns: readonly ColumnDescription[];
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
}

/** A foreign key as a dialect's introspection finds it. */
export interface FoundForeignKey {
  readonly name: string;
  readonly from: { readonly schema: string | undefined; readonly table: string; readonly columns: readonly string[] };
  readonly to: { readonly schema: string | undefined; readonly table: string; readonly columns: readonly string[] };
}

/** Names that the statements, the rows or the settings of an app (`{{` begins a binding) could not carry safely. */
function isUnusableName(name: string): boolean {
  return forbiddenKeys.has(name) || name.includes('{{') || /[\p{Cc}\uE03F]/u.test(name);
}

/** Puts what was found together: ids, relations and labels follow the same rules for every SQL system. */
export function buildSchema(found: {
  readonly tables: readonly FoundTable[];
  readonly foreignKeys: readonly FoundForeignKey[];
  readonly defaultSchema: string | undefined;
  readonly warnings: readonly string[];
}): SchemaDescription {
  const warnings = [...found.warnings];
  const idOf = (schema: string | undefined, name: string): string =>
    schema === undefined || schema === found.defaultSchema ? name : `${schema}.${name}`;
  const tables: Omit<TableDescription, 'relations'>[] = [];
  const ids = new Set<string>();
  for (const table of found.tables) {
    const id = idOf(table.schema, table.name);
    if (isUnusableName(table.name) || ids.has(id)) {
      warnings.push(`Table ${JSON.stringify(table.name)} is left out: its name cannot be used.`);
      continue;
    }
    ids.add(id);
    tables.push(describe(table, id, warnings));
  }
  const known = new Map(tables.map((table) => [table.id, table]));
  const foreignKeys: ForeignKey[] = found.foreignKeys
    .map(({ from, to }) => ({
      table: idOf(from.schema, from.table),
      columns: from.columns,
      target: idOf(to.schema, to.table),
      targetColumns: to.columns,
    }))
    .filter((key) => linksKnownColumns(key, known));
  const relations = nameRelations(tables, foreignKeys);
  return {
    tables: tables.map((table) => ({ ...table, relations: relations.get(table.id) ?? [] })),
    warnings,
  };
}

function describe(table: FoundTable, id: string, warnings: string[]): Omit<TableDescription, 'relations'> {
  const columns = table.columns.filter((column) => {
    const isUsable = !isUnusableName(column.name);
    if (!isUsable)
      warnings.push(`Column ${JSON.stringify(column.name)} of "${id}" is left out: its name cannot be used.`);
    return isUsable;
  });
  const names = new Set(columns.map((column) => column.name));
  const isComplete = (key: readonly string[]): boolean => key.length > 0 && key.every((name) => names.has(name));
  const uniqueKeys = table.uniqueKeys.filter(isComplete);
  const primaryKey = isComplete(table.primaryKey) ? table.primaryKey : [];
  const labelColumn = chooseLabelColumn(columns, primaryKey, uniqueKeys);
  return {
    id,
    ...(table.schema === undefined ? {} : { schema: table.schema }),
    name: table.name,
    kind: table.kind,
    columns,
    primaryKey,
    uniqueKeys,
    writable: table.writable,
    ...(labelColumn === undefined ? {} : { labelColumn }),
    ...(table.comment === undefined || table.comment === '' ? {} : { comment: table.comment }),
  };
}

function linksKnownColumns(key: ForeignKey, tables: ReadonlyMap<string, Pick<TableDescription, 'columns'>>): boolean {
  const has = (table: string, names: readonly string[]): boolean =>
    names.length > 0 &&
    names.every((name) => tables.get(table)?.columns.some((column) => column.name === name) === true);
  return (
    has(key.table, key.columns) && has(key.target, key.targetColumns) && key.columns.length === key.targetColumns.length
  );
}
