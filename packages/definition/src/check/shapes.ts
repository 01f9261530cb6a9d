import { isJsonObject } from '@fettle/base';
import { hasBinding, type KnownNames } from '@fettle/expression';
import { tableReference } from '../kinds/data-setting.ts';
import type { KnownSources, KnownTable } from './check-tables.ts';

/** What is known of a value: its members, or nothing. */
export type Shape = true | KnownNames;

/** The shape of the rows of a table (`<data source>/<table>`); undefined where its columns are not known. */
export type RowShapes = (reference: string) => KnownNames | undefined;

/** Rows of the tables that were read: their columns, and what relations add. */
export function rowShapesOf(sources: KnownSources): RowShapes {
  const tables = new Map<string, KnownTable>();
  for (const [source, list] of Object.entries(sources)) {
    for (const table of list ?? []) tables.set(tableReference(source, table.id), table);
  }
  const known = new Map<string, KnownNames>();
  return (reference) => {
    const table = tables.get(reference);
    if (table === undefined) return undefined;
    const found = known.get(reference) ?? members([...table.columns, ...table.relations].map(({ name }) => name));
    known.set(reference, found);
    return found;
  };
}

/** The rows that a setting names: a data setting with a table, or a pair of data source and table. */
export function shapeOfRowsIn(data: unknown, rows: RowShapes | undefined): Shape {
  if (rows === undefined || !isJsonObject(data)) return true;
  const { dataSource, table, kind = 'table' } = data;
  if (kind !== 'table' || !isPlain(dataSource) || !isPlain(table)) return true;
  return rows(tableReference(dataSource, table)) ?? true;
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && !hasBinding(value);
}

/**
 * What the values of a JSON Schema have as members. A schema with `rowOf` is a row of the table that the setting of this
 * name says; objects of which a schema names members have no others, unless it says so.
 */
export function shapeOfSchema(
  schema: unknown,
  context: { readonly settings: Readonly<Record<string, unknown>>; readonly rows: RowShapes | undefined },
): Shape {
  if (!isJsonObject(schema)) return true;
  const { rowOf, anyOf, properties, additionalProperties } = schema;
  if (typeof rowOf === 'string') return shapeOfRowsIn(context.settings[rowOf], context.rows);
  if (Array.isArray(anyOf)) {
    const [first, ...others] = anyOf.filter((one) => !isJsonObject(one) || one['type'] !== 'null');
    return others.length === 0 ? shapeOfSchema(first, context) : true;
  }
  if (!isJsonObject(properties) || Object.keys(properties).length === 0) return true;
  if (additionalProperties !== undefined && additionalProperties !== false) return true;
  return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, shapeOfSchema(member, context)]));
}

/** Names of which nothing more is known. */
export function members(names: readonly string[]): KnownNames {
  return Object.fromEntries(names.map((name) => [name, true as const]));
}
