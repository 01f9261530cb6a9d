import { isJsonObject } from '@fettle/base';
import type { QueryResult } from '@fettle/sdk';
import { rowColumnOptions } from '../editors/data/column-options.ts';

/** A result as a table. */
export interface ResultTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** A result as a table, when it is rows; undefined when it is something else, such as one object. */
export function asTable(result: Pick<QueryResult, 'data' | 'columns'>): ResultTable | undefined {
  const { data, columns } = result;
  if (!Array.isArray(data)) return undefined;
  const rows = data as readonly unknown[];
  if (!rows.every(isJsonObject)) return undefined;
  return {
    columns: columns ?? rowColumnOptions(rows).map(({ value, type }) => ({ name: value, type })),
    rows,
  };
}

const numericTypes: ReadonlySet<string> = new Set(['integer', 'decimal', 'number']);

/** Numbers stand at the end of their cell. */
export function isNumericType(type: string): boolean {
  return numericTypes.has(type);
}
