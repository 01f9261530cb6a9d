import type { Json } from '@fettle/base';

/**
 * Normalised column types, the same for every connector. How their values look on the wire:
 * text, longText, uuid, enum: text · integer: a number when it is a safe integer, otherwise its digits as text ·
 * decimal: text, digits kept exactly · number: a floating point number · boolean: true or false ·
 * date: `YYYY-MM-DD` · time: `HH:mm:ss[.fff]` · datetime: `YYYY-MM-DDTHH:mm:ss[.fff]`, no zone ·
 * timestamp: an instant as `YYYY-MM-DDTHH:mm:ss.fffZ`, with more digits when the database holds them · json: any JSON · array: a list · binary: base64 text ·
 * unknown: text, read-only.
 */
export const columnTypes = [
  'text',
  'longText',
  'integer',
  'decimal',
  'number',
  'boolean',
  'date',
  'time',
  'datetime',
  'timestamp',
  'json',
  'enum',
  'array',
  'uuid',
  'binary',
  'unknown',
] as const;

/** One of {@link columnTypes}. */
export type ColumnType = (typeof columnTypes)[number];

/** What a column means beyond its type: set by internal tables, guessed by nobody. */
export type ColumnMeaning =
  | 'email'
  | 'url'
  | 'select'
  | 'multiSelect'
  | 'user'
  | 'attachment'
  | 'autoNumber'
  | 'createdAt'
  | 'createdBy'
  | 'updatedAt'
  | 'updatedBy';

/** One column of a table, as introspection finds it. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: ColumnType;
  /** The type as the database names it, e.g. `numeric(10,2)`. */
  readonly nativeType: string;
  readonly nullable: boolean;
  /** The database fills the column when a new row leaves it out (default, identity, trigger-free generation). */
  readonly hasDefault: boolean;
  /** The default when it is a plain value. */
  readonly defaultValue?: Json;
  /** Computed by the database: never written. */
  readonly generated: boolean;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  /** Allowed values of an enum, select or multi-select. */
  readonly options?: readonly string[];
  /** Element type of an array. */
  readonly itemType?: ColumnType;
  readonly meaning?: ColumnMeaning;
  readonly comment?: string;
}

/** A link from one table to another, found from foreign keys. Its name never equals a column's name. */
export interface RelationDescription {
  readonly name: string;
  /** `one`: each row links to at most one row there. `many`: to any number. */
  readonly kind: 'one' | 'many';
  /** Id of the other table. */
  readonly table: string;
  /** Columns here, pairwise equal to `foreignColumns` there (or to the junction's, when `through` is given). */
  readonly columns: readonly string[];
  readonly foreignColumns: readonly string[];
  /** A many-to-many link goes through a junction table: its columns towards this table and towards the other. */
  readonly through?: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly foreignColumns: readonly string[];
  };
}

/** A table or view, as introspection finds it. */
export interface TableDescription {
  /** Stable id within the data source: `name` in the default schema, else `schema.name`. */
  readonly id: string;
  readonly schema?: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly ColumnDescription[];
  /** Empty when there is none: such rows cannot be read, changed or deleted one by one. */
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly relations: readonly RelationDescription[];
  /** The column whose value stands for a row in pickers and links. */
  readonly labelColumn?: string;
  readonly comment?: string;
  /** False when the database or the account cannot write to it. */
  readonly writable: boolean;
  /** What the person may do to its rows in an app, where that is not everything. */
  readonly allowed?: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
}

/** What a data source holds. `warnings` name what could not be read. */
export interface SchemaDescription {
  readonly tables: readonly TableDescription[];
  readonly warnings: readonly string[];
}

/** A row: column values by name, and expanded relations by relation name (an object, null or a list). */
export type Row = Readonly<Record<string, Json>>;

/** Primary key values by column name. */
export type RowKey = Readonly<Record<string, Json>>;

/** The key of a row as one text for addresses: the value itself, or a JSON list for composite keys. */
export function encodeRowKey(primaryKey: readonly string[], row: Row): string {
  const values = primaryKey.map((column) => row[column] ?? null);
  return values.length === 1 && typeof values[0] !== 'object' ? String(values[0]) : JSON.stringify(values);
}

/** The reverse of {@link encodeRowKey}. Undefined when the text does not fit the key. */
export function decodeRowKey(primaryKey: readonly string[], text: string): RowKey | undefined {
  const [first] = primaryKey;
  if (first === undefined) return undefined;
  if (primaryKey.length === 1) return { [first]: text };
  try {
    const values: unknown = JSON.parse(text);
    if (!Array.isArray(values) || values.length !== primaryKey.length) return undefined;
    return Object.fromEntries(primaryKey.map((column, index) => [column, values[index] as Json]));
  } catch {
    return undefined;
  }
}
