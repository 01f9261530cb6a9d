import type { Json } from '@fettle/base';
import {
  chooseLabelColumn,
  nameRelations,
  type ColumnDescription,
  type ColumnMeaning,
  type ColumnType,
  type FieldSpecification,
  type FieldType,
  type ForeignKey,
  type TableDescription,
} from '@fettle/sdk';
import type { TemplateTable } from './format/tables-schema.ts';

const types: Readonly<Record<FieldType, ColumnType>> = {
  text: 'text',
  longText: 'longText',
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  select: 'enum',
  multiSelect: 'array',
  email: 'text',
  url: 'text',
  json: 'json',
  user: 'text',
  relation: 'integer',
  attachment: 'json',
  autoNumber: 'integer',
  createdAt: 'timestamp',
  createdBy: 'text',
  updatedAt: 'timestamp',
  updatedBy: 'text',
};
const withoutMeaning: ReadonlySet<FieldType> = new Set([
  'text',
  'longText',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'json',
  'relation',
]);
const generated: ReadonlySet<FieldType> = new Set(['autoNumber', 'createdAt', 'updatedAt']);

/** The tables of a template as introspection will find them once they are made. */
export function describeTemplateTables(tables: readonly TemplateTable[]): readonly TableDescription[] {
  const described = tables.map(describeTable).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const keys = tables.flatMap(({ name, fields }): readonly ForeignKey[] =>
    fields.flatMap((field) =>
      field.type === 'relation' && field.target !== undefined
        ? [{ table: name, columns: [field.name], target: field.target, targetColumns: ['id'] }]
        : [],
    ),
  );
  const relations = nameRelations(described, keys);
  return described.map((table) => ({ ...table, relations: relations.get(table.id) ?? [] }));
}

function describeTable({ name, fields }: TemplateTable): Omit<TableDescription, 'relations'> {
  const key: ColumnDescription = {
    name: 'id',
    type: 'integer',
    nativeType: 'integer',
    nullable: false,
    hasDefault: true,
    generated: false,
  };
  const columns = [key, ...fields.map(describeColumn)];
  const primaryKey = ['id'];
  const uniqueKeys = fields.flatMap((field) => (field.unique === true ? [[field.name]] : []));
  const labelColumn = chooseLabelColumn(columns, primaryKey, uniqueKeys);
  return {
    id: name,
    name,
    kind: 'table',
    columns,
    primaryKey,
    uniqueKeys,
    writable: true,
    ...(labelColumn === undefined ? {} : { labelColumn }),
  };
}

function describeColumn(field: FieldSpecification): ColumnDescription {
  const isGenerated = generated.has(field.type);
  const hasDefault = isGenerated || (field.default !== undefined && field.default !== null);
  return {
    name: field.name,
    type: types[field.type],
    nativeType: field.type,
    nullable: field.required !== true,
    hasDefault,
    ...(hasDefault && !isGenerated ? { defaultValue: field.default as Json } : {}),
    generated: isGenerated,
    ...(field.options === undefined ? {} : { options: field.options }),
    ...(field.type === 'multiSelect' ? { itemType: 'enum' as const } : {}),
    ...(field.scale === undefined ? {} : { scale: field.scale }),
    ...(withoutMeaning.has(field.type) ? {} : { meaning: field.type as ColumnMeaning }),
  };
}
