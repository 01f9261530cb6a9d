import type { ResultColumn } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';

/** A compiled statement. Statements with a name are kept prepared by the connection. */
export interface Statement {
  readonly text: string;
  readonly name?: string;
}

/** Rows as lists of values in the order of the select list. */
export interface SqlResult {
  readonly rows: readonly (readonly unknown[])[];
  readonly affected: number;
  /** The generated key, in systems that cannot return rows from an insert. */
  readonly insertId?: number | string;
}

/** A connection taken for one transaction. */
export interface SqlConnection {
  run(statement: Statement, parameters: readonly unknown[]): Promise<SqlResult>;
}

/** A custom statement: its text is the builder's own, its parameters are bound. */
export interface CustomStatement {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly mode: 'read' | 'write';
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** What a custom statement gave: rows in wire form. */
export interface CustomResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly affected: number | undefined;
  readonly truncated: boolean;
}

/** Speaks to one database through a bounded pool. Errors are thrown translated. */
export interface SqlDriver {
  /** One statement on its own. */
  run(statement: Statement, parameters: readonly unknown[], options: CallOptions): Promise<SqlResult>;
  /** Commits when `work` resolves, rolls back when it throws. Both run under the limits of `options`. */
  transaction<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T>;
  custom(statement: CustomStatement, options: CallOptions): Promise<CustomResult>;
  /** An error of a connection of `transaction` as one that people understand. */
  translate(error: unknown): unknown;
  close(): Promise<void>;
}
