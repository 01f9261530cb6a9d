import type { FieldSpecification, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import type { SqlDialect } from '../sql/dialect.ts';
import type { SqlConnection, SqlDriver } from '../sql/driver.ts';

/** The name of the table that remembers what fields mean. */
export const fieldsTable = '_fettle_fields';

/** The name of the table that keeps what is to be done after writes, where it stands beside the rows. */
export const outboxTable = '_fettle_outbox';

/** A field of an existing table. */
export interface StoredField {
  readonly table: string;
  readonly specification: FieldSpecification;
}

/** What differs between the systems that hold a workspace's tables. */
export interface InternalEngine {
  readonly dialect: SqlDialect;
  readonly driver: SqlDriver;
  /** Where entries of captured writes are kept: a quoted table with `id` and `content`, in order of `seq`. */
  readonly outbox: { readonly table: string; readonly isShared: boolean };
  /** Quoted, with the schema where there is one. */
  tableName(name: string): string;
  /** Statements that make the place for the tables, safe to repeat. */
  readonly preparation: readonly string[];
  /** The column's type and constraints as DDL. */
  columnText(field: FieldSpecification): string;
  /** The text of the whole `create table`. */
  createTableText(name: string, fields: readonly FieldSpecification[]): string;
  dropIndexText(name: string): string;
  introspect(options: CallOptions): Promise<SchemaDescription>;
  /** A transaction for changes of structure. */
  change<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T>;
  addColumn(connection: SqlConnection, table: TableInChange, field: FieldSpecification): Promise<void>;
  changeColumn(
    connection: SqlConnection,
    table: TableInChange,
    before: FieldSpecification,
    after: FieldSpecification,
  ): Promise<void>;
  dropColumn(connection: SqlConnection, table: TableInChange, field: FieldSpecification): Promise<void>;
}

/** A table with its fields as they are before the change, in order. */
export interface TableInChange {
  readonly name: string;
  readonly fields: readonly FieldSpecification[];
}
