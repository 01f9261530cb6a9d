import type { ColumnDescription, RelationDescription, TableDescription } from '@fettle/sdk';

/** How a value is shown, edited, filtered and checked. Finer than the column type: it knows what a column means. */
export type ValueKind =
  | 'text'
  | 'longText'
  | 'email'
  | 'url'
  | 'integer'
  | 'decimal'
  | 'number'
  | 'boolean'
  | 'date'
  | 'time'
  | 'datetime'
  | 'timestamp'
  | 'select'
  | 'multiSelect'
  | 'json'
  | 'list'
  | 'file'
  | 'opaque';

const simpleKinds: Partial<Record<ColumnDescription['type'], ValueKind>> = {
  text: 'text',
  uuid: 'text',
  longText: 'longText',
  integer: 'integer',
  decimal: 'decimal',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timestamp: 'timestamp',
  json: 'json',
};

/** The kind of a column's values. */
export function valueKindOf(column: ColumnDescription): ValueKind {
  if (column.meaning === 'attachment') return 'file';
  if (column.meaning === 'email') return 'email';
  if (column.meaning === 'url') return 'url';
  if (column.meaning === 'multiSelect') return 'multiSelect';
  if (column.type === 'array') return (column.options?.length ?? 0) > 0 ? 'multiSelect' : 'list';
  if ((column.options?.length ?? 0) > 0 || column.type === 'enum') return 'select';
  return simpleKinds[column.type] ?? 'opaque';
}

/** True for kinds whose values are numbers: shown right-aligned, in tabular figures. */
export function isNumeric(kind: ValueKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'number';
}

/** True when people may write the column at all. */
export function isWritable(table: TableDescription, column: ColumnDescription): boolean {
  if (!table.writable || column.generated) return false;
  if (column.type === 'unknown' || column.type === 'binary') return false;
  const fixedMeanings = ['autoNumber', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'];
  return column.meaning === undefined || !fixedMeanings.includes(column.meaning);
}

/** True when a new row must bring a value for the column. */
export function isMandatory(column: ColumnDescription): boolean {
  return !column.nullable && !column.hasDefault && !column.generated && column.type !== 'boolean';
}

/** The to-one relation that a column stores the key of, when the key is that column alone. */
export function relationOfColumn(table: TableDescription, column: string): RelationDescription | undefined {
  return table.relations.find(
    (relation) => relation.kind === 'one' && relation.columns.length === 1 && relation.columns[0] === column,
  );
}
