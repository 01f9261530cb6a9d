import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import type { Knex } from 'knex';
import type { Fragment, Slot } from './fragment.ts';
import type { SqlSyntax } from './sql-scanner.ts';

/** How values of a column are read. */
export interface ColumnReading {
  /** What is selected instead of the bare column. */
  readonly expression?: (reference: Fragment) => Fragment;
  /** Turns the driver's value (never null) into its wire form. */
  readonly decode?: (value: unknown) => Json;
}

/** How values of a column are given to the driver. */
export interface ColumnWriting {
  /** Puts a cast around the parameter. */
  readonly wrap?: (parameter: Fragment) => Fragment;
  /** Turns a checked wire value (never null) into the driver's. */
  readonly encode?: (value: Json) => unknown;
}

/** What a dialect can do, as values, so that callers never ask which one it is. */
export interface SqlCapabilities {
  /** The statement itself answers the rows it stored. */
  readonly returning: { readonly insert: boolean; readonly update: boolean };
  /**
   * How null is made the largest value: `native` (it is), `clause` (`nulls last`), or `expression` (sort by
   * "is null" first).
   */
  readonly nulls: 'native' | 'clause' | 'expression';
  /** Compares `(a, b) > (x, y)`, and uses an index for it. */
  readonly rowComparison: boolean;
  /** A list is one parameter. */
  readonly arrayParameters: boolean;
  readonly maxParameters: number;
  /** One insert stores many rows and answers them in order. */
  readonly multiRowInsert: boolean;
  /** What follows `insert into t` for a row of defaults alone. */
  readonly defaultRow: string;
  /** Stands before column names in an `output` clause; undefined where a `returning` clause ends the statement. */
  readonly returnedPrefix: string | undefined;
  /** Appended to a select that must keep others from changing its rows until the transaction ends. */
  readonly lockClause: string;
  /** Put after the table name for the same purpose. */
  readonly lockHint: string;
}

/** The units that aggregates cut dates into. */
export type BucketUnit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour';

/** What differs between the SQL systems. */
export interface SqlDialect {
  readonly id: string;
  /** Knex's dialect, used to compile only. */
  readonly knexClient: string | typeof Knex.Client;
  readonly capabilities: SqlCapabilities;
  /** How its statements are written, for custom queries. */
  readonly syntax: SqlSyntax;
  /** A value of a binding in a custom query as the driver takes it. */
  customParameter(value: unknown): unknown;
  quote(name: string): string;
  placeholder(number: number): string;
  read(column: ColumnDescription): ColumnReading;
  write(column: ColumnDescription): ColumnWriting;
  /** Case folding and accents aside: the column's text equals the parameter exactly. */
  exactEqual(reference: Fragment, parameter: Fragment, column: ColumnDescription): Fragment;
  /** The column's value as text, for text operators. */
  asText(reference: Fragment, column: ColumnDescription): Fragment;
  /** Text comparison that ignores case. Wildcards `%` and `_`, escaped with `!`. */
  like(text: Fragment, pattern: Slot, isAscii: boolean): Fragment;
  /** True when the condition is false or unknown. */
  isNotTrue(condition: Fragment): Fragment;
  /** `reference` is one of the values of a list parameter. Only with `arrayParameters`. */
  isAnyOf(reference: Fragment, list: Slot, column: ColumnDescription): Fragment;
  /** The column's list (array or JSON) holds the value. */
  listHolds(reference: Fragment, value: Slot, column: ColumnDescription): Fragment;
  /** The column's list (array or JSON) has no elements. */
  listIsEmpty(reference: Fragment, column: ColumnDescription): Fragment;
  /** Start of the unit that the date or timestamp lies in. */
  bucket(reference: Fragment, unit: BucketUnit, column: ColumnDescription): Fragment;
  /** Text of a statement that estimates how many rows a table has; answers one number, or null when unknown. */
  estimate(table: Fragment, name: { readonly schema: string | undefined; readonly name: string }): Fragment | undefined;
  /** An aggregate function over a column of numbers. */
  measureExpression(name: 'sum' | 'average', reference: Fragment, column: ColumnDescription): Fragment;
  /** What its result is read as. */
  measureColumn(name: 'sum' | 'average', column: ColumnDescription): ColumnDescription;
}
