import type { Json } from '@fettle/base';
import type { CallOptions } from './connector.ts';

/** The column types a builder can give a column of an internal table. */
export const fieldTypes = [
  'text',
  'longText',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'select',
  'multiSelect',
  'email',
  'url',
  'json',
  'user',
  'relation',
  'attachment',
  'autoNumber',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
] as const;

/** One of {@link fieldTypes}. `datetime` is an instant (column type `timestamp`). */
export type FieldType = (typeof fieldTypes)[number];

/** A column of an internal table as its builder states it. */
export interface FieldSpecification {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly default?: Json;
  /** Of select and multi-select. */
  readonly options?: readonly string[];
  /** Of relation: the table whose primary key is stored. */
  readonly target?: string;
  /** Of decimal: digits after the point. */
  readonly scale?: number;
  /** Of relation: what the links that it makes are called. Absent: they are named after columns and tables. */
  readonly relationNames?: RelationNames;
}

/** Names of the links that one relation column makes. They stay when tables are named otherwise. */
export interface RelationNames {
  /** From the row to the one that it names. */
  readonly own?: string;
  /** From that row back to those that name it. */
  readonly back?: string;
  /** From that row, where the table does nothing but link two others, to the rows on the other side. */
  readonly through?: string;
}

/** Changes the structure of tables. Every change is one transaction where the system has transactional DDL. */
export interface StructureEditor {
  /** Makes a table with an integer identity primary key `id` and these columns. */
  createTable(name: string, fields: readonly FieldSpecification[], options: CallOptions): Promise<void>;
  renameTable(name: string, newName: string, options: CallOptions): Promise<void>;
  dropTable(name: string, options: CallOptions): Promise<void>;
  addColumn(table: string, field: FieldSpecification, options: CallOptions): Promise<void>;
  renameColumn(table: string, column: string, newName: string, options: CallOptions): Promise<void>;
  /** Changes required, unique, default, options and, where values convert without loss, the type. */
  changeColumn(table: string, field: FieldSpecification, options: CallOptions): Promise<void>;
  dropColumn(table: string, column: string, options: CallOptions): Promise<void>;
}
