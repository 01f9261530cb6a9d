import { inputError } from '@fettle/base';
import type { ColumnDescription, ColumnType, FieldSpecification, FieldType, TableDescription } from '@fettle/sdk';

/** Throws unless the rules of a column fit its type. `hasTable` says which tables it may link to. */
export function checkField(field: FieldSpecification, hasTable: (name: string) => boolean, path: string): void {
  const refuse = (place: string, message: string): never => {
    throw inputError({
      code: 'structure.field-invalid',
      message: `Column "${field.name}": ${message}`,
      hint: 'Correct the column.',
      problems: [{ path: `${path}/${place}`, message }],
    });
  };
  const isChoice = field.type === 'select' || field.type === 'multiSelect';
  if (isChoice && (field.options === undefined || field.options.length === 0))
    refuse('options', 'list at least one option.');
  if (!isChoice && field.options !== undefined) refuse('options', 'only select columns have options.');
  if (field.options !== undefined && new Set(field.options).size !== field.options.length)
    refuse('options', 'an option stands twice.');
  if (field.type === 'relation') {
    if (field.target === undefined) refuse('target', 'name the table it links to.');
    else if (!hasTable(field.target)) refuse('target', `there is no table "${field.target}".`);
  } else if (field.target !== undefined) refuse('target', 'only relation columns have a target.');
  if (field.scale !== undefined && field.type !== 'decimal')
    refuse('scale', 'only decimal columns have digits after the point.');
  if (filledByServer.has(field.type) && (field.required === true || field.default !== undefined)) {
    refuse('type', 'this column is filled by itself: it is neither required nor has a default.');
  }
}

const filledByServer: ReadonlySet<FieldType> = new Set([
  'autoNumber',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
]);

const typesOfColumns: Readonly<Partial<Record<ColumnType, FieldType>>> = {
  text: 'text',
  longText: 'longText',
  integer: 'integer',
  decimal: 'decimal',
  number: 'decimal',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'datetime',
  datetime: 'datetime',
  json: 'json',
};

/** The specification of a column that is there: to put it back as it was. */
export function fieldOf(column: ColumnDescription, table: TableDescription): FieldSpecification {
  const relation = table.relations.find(
    (found) => found.kind === 'one' && found.columns.length === 1 && found.columns[0] === column.name,
  );
  const isUnique = table.uniqueKeys.some((key) => key.length === 1 && key[0] === column.name);
  return {
    name: column.name,
    type: relation === undefined ? (column.meaning ?? typesOfColumns[column.type] ?? 'text') : 'relation',
    required: !column.nullable,
    unique: isUnique,
    ...(column.defaultValue === undefined ? {} : { default: column.defaultValue }),
    ...(column.options === undefined ? {} : { options: column.options }),
    ...(relation === undefined ? {} : { target: relation.table }),
    ...(column.scale === undefined || column.type !== 'decimal' ? {} : { scale: column.scale }),
  };
}
