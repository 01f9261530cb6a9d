import { isJsonObject, type Json } from '@fettle/base';
import type { ColumnType, QueryResult, ResultColumn, Row } from '@fettle/sdk';

/** A result as a grid can show it. */
export interface ResultTable {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
}

/** The rows of a result; undefined when it is not a list of objects. */
export function tableOf(result: QueryResult): ResultTable | undefined {
  const { data } = result;
  if (!Array.isArray(data)) return undefined;
  const rows = data as readonly Json[];
  if (!rows.every(isJsonObject)) return undefined;
  if (result.columns !== undefined) return { columns: result.columns, rows };
  return rows.length === 0 ? undefined : { columns: inferColumns(rows), rows };
}

/** Columns of rows that came without any: every name, with the type its values have. */
function inferColumns(rows: readonly Row[]): readonly ResultColumn[] {
  const types = new Map<string, ColumnType>();
  for (const row of rows.slice(0, 200)) {
    for (const [name, value] of Object.entries(row)) {
      const known = types.get(name);
      const type = value === null ? undefined : typeOf(value);
      if (known === undefined || known === 'unknown') types.set(name, type ?? 'unknown');
      else if (type !== undefined && type !== known)
        types.set(name, type === 'json' || known === 'json' ? 'json' : 'text');
    }
  }
  return [...types].map(([name, type]) => ({ name, type: type === 'unknown' ? 'text' : type }));
}

function typeOf(value: Json): ColumnType {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    default:
      return 'json';
  }
}
