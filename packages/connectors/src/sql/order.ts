import { inputError, type Json } from '@fettle/base';
import type { Sort } from '@fettle/access';
import type { ColumnDescription, ColumnType } from '@fettle/sdk';
import { createHash } from 'node:crypto';
import { allOf, anyOf, Fragment, joinFragments, never, sql } from './fragment.ts';
import type { ValueCounter } from './filter-sql.ts';
import type { Scope } from './scope.ts';

/** One column of an order, found. */
export interface OrderColumn {
  readonly column: ColumnDescription;
  readonly reference: Fragment;
  readonly nullable: boolean;
  readonly descending: boolean;
}

const unorderable: ReadonlySet<ColumnType> = new Set(['json', 'array', 'unknown', 'binary']);

/**
 * The order of a list: what was asked for, then the key, so that no two rows are equal in it. Null counts as the
 * largest value everywhere: last in ascending order, first in descending.
 */
export interface Order {
  readonly columns: readonly OrderColumn[];
  /** No two rows are equal in it, so that a page can continue after a row. */
  readonly isTotal: boolean;
}

/** Finds the columns of an order. */
export function resolveOrder(scope: Scope, sort: readonly Sort[], orderable?: readonly string[]): Order {
  const columns: OrderColumn[] = [];
  const seen = new Set<string>();
  const add = (path: string, descending: boolean, problemPath: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const resolved = scope.resolve(path, problemPath);
    if (unorderable.has(resolved.column.type)) throw notOrderable(resolved.column, problemPath);
    columns.push({ ...resolved, descending });
  };
  for (const [index, item] of sort.entries())
    add(item.column, item.direction === 'descending', `/sort/${index}/column`);
  const { description } = scope.table;
  const mayComplete = (name: string): boolean => orderable?.includes(name) ?? true;
  const key = totalKey(scope, mayComplete);
  const lastDirection = columns.at(-1)?.descending ?? false;
  const rest =
    key ??
    description.columns
      .filter(({ name, type }) => !unorderable.has(type) && mayComplete(name))
      .map((column) => column.name);
  for (const name of rest) add(name, lastDirection, '/sort');
  return { columns, isTotal: key !== undefined };
}

function totalKey(scope: Scope, mayComplete: (name: string) => boolean): readonly string[] | undefined {
  const { primaryKey, uniqueKeys } = scope.table.description;
  if (primaryKey.length > 0) return primaryKey;
  return uniqueKeys.find((key) =>
    key.every((name) => mayComplete(name) && scope.table.columns.get(name)?.nullable === false),
  );
}

function notOrderable(column: ColumnDescription, path: string) {
  const message = `Rows cannot be sorted by "${column.name}" (${column.nativeType}).`;
  return inputError({
    code: 'data.not-sortable',
    message,
    hint: 'Sort by a text, number, date or other plain column.',
    problems: [{ path, message, code: 'data.not-sortable' }],
  });
}

/** The text of `order by`. */
export function orderText(scope: Scope, order: Order): Fragment {
  const { nulls } = scope.compiler.dialect.capabilities;
  const items = order.columns.flatMap(({ reference, nullable, descending }) => {
    const direction = new Fragment(descending ? 'desc' : 'asc');
    if (!nullable || nulls === 'native') return [sql`${reference} ${direction}`];
    if (nulls === 'clause') {
      return [sql`${reference} ${direction} nulls ${new Fragment(descending ? 'first' : 'last')}`];
    }
    return [sql`case when ${reference} is null then 1 else 0 end ${direction}`, sql`${reference} ${direction}`];
  });
  return joinFragments(items, ', ');
}

/** The condition for the rows after the one with these values. `nulls` has `n` for each that is null. */
export function afterCursor(scope: Scope, order: Order, nulls: string, counter: ValueCounter): Fragment {
  const { compiler } = scope;
  const indexes = order.columns.map((_, index) => (nulls[index] === 'n' ? -1 : counter.take()));
  const parameter = (index: number): Fragment =>
    compiler.trustedParameter((order.columns[index] as OrderColumn).column, indexes[index] ?? 0);
  const isUniform = order.columns.every((item) => !item.nullable && item.descending === order.columns[0]?.descending);
  if (isUniform && compiler.dialect.capabilities.rowComparison && order.columns.length > 1) {
    const operator = new Fragment(order.columns[0]?.descending === true ? '<' : '>');
    const columns = joinFragments(
      order.columns.map((item) => item.reference),
      ', ',
    );
    return sql`(${columns}) ${operator} (${joinFragments(
      order.columns.map((_, index) => parameter(index)),
      ', ',
    )})`;
  }
  const isNull = (index: number): boolean => nulls[index] === 'n';
  const cases = order.columns.map((item, index) => {
    const before = order.columns
      .slice(0, index)
      .map((earlier, position) =>
        isNull(position) ? sql`${earlier.reference} is null` : sql`${earlier.reference} = ${parameter(position)}`,
      );
    return allOf([...before, beyond(item, isNull(index), () => parameter(index), false)]);
  });
  const [first] = order.columns;
  // Implied by the rest, but it lets the database start at the right place of an index on the first column.
  const bound = first === undefined ? never : beyond(first, isNull(0), () => parameter(0), true);
  return order.columns.length === 1 ? anyOf(cases) : allOf([bound, anyOf(cases)]);
}

/** Values after (or, with `orEqual`, not before) the cursor's value in the order of one column. */
function beyond(item: OrderColumn, isNull: boolean, parameter: () => Fragment, orEqual: boolean): Fragment {
  const { reference, nullable, descending } = item;
  if (isNull) {
    if (descending) return orEqual ? sql`1 = 1` : sql`${reference} is not null`;
    return orEqual ? sql`${reference} is null` : never;
  }
  const operator = new Fragment(`${descending ? '<' : '>'}${orEqual ? '=' : ''}`);
  const compared = sql`${reference} ${operator} ${parameter()}`;
  return nullable && !descending ? anyOf([compared, sql`${reference} is null`]) : compared;
}

/** A short text that tells one order from another. */
export function orderFingerprint(table: string, sort: readonly Sort[]): string {
  return createHash('sha256')
    .update(JSON.stringify([table, sort]))
    .digest('base64url')
    .slice(0, 8);
}

/** The opaque text of a place in a list. */
export function encodeCursor(fingerprint: string, values: readonly Json[]): string {
  return Buffer.from(JSON.stringify([fingerprint, ...values])).toString('base64url');
}

/** The values of a cursor. Throws when it is none, or of another list. */
export function decodeCursor(cursor: string): { readonly fingerprint: string; readonly values: readonly Json[] } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && parsed.slice(1).every(isScalar)) {
      return { fingerprint: parsed[0], values: parsed.slice(1) as Json[] };
    }
  } catch {
    // Answered below, with what to do.
  }
  throw foreignCursor();
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The error for a cursor that belongs to another list. */
export function foreignCursor() {
  const message = 'The cursor does not belong to this list.';
  return inputError({
    code: 'data.cursor-invalid',
    message,
    hint: 'Use a cursor only with the table and sort that it came from; start again without one.',
    problems: [{ path: '/cursor', message, code: 'data.cursor-invalid' }],
  });
}
