import type { Json } from '@fettle/base';
import type { ColumnType } from '@fettle/sdk';
import type { CustomResult } from '../sql/driver.ts';
import { typeOfDeclared } from './declared-type.ts';
import { sqliteDialect } from './dialect.ts';
import type { WorkerAnswer } from './worker-protocol.ts';

/** Rows of a custom query in wire form: declared types where a column has one, otherwise what the values are. */
export function readCustomRows(answer: Exclude<WorkerAnswer, { error: unknown }>): CustomResult {
  const described = (answer.columns ?? []).map(({ name, type }, index) => ({
    name,
    ...(type === null || type === ''
      ? { type: typeOfValues(answer.rows.map((row) => row[index])) }
      : typeOfDeclared(type)),
  }));
  const columns = described.map(({ name, type }) => ({ name, type }));
  const decoders = described.map(
    (column) =>
      sqliteDialect.read({ ...column, nativeType: column.type, nullable: true, hasDefault: false, generated: false })
        .decode,
  );
  const rows = answer.rows.map((row) =>
    row.map((value, index) => (value === null ? null : (decoders[index]?.(value) ?? (value as Json)))),
  );
  const affected = columns.length === 0 ? answer.affected : undefined;
  return { columns, rows, affected, truncated: answer.truncated ?? false };
}

/** The narrowest type that all values have. */
export function typeOfValues(values: readonly unknown[]): ColumnType {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length === 0) return 'text';
  if (present.every((value) => typeof value === 'bigint' || Number.isSafeInteger(value))) return 'integer';
  if (present.every((value) => typeof value === 'number' || typeof value === 'bigint')) return 'number';
  return present.every((value) => value instanceof Uint8Array) ? 'binary' : 'text';
}
