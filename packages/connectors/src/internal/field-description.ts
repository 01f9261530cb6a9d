import type {
  ColumnDescription,
  ColumnMeaning,
  FieldSpecification,
  FieldType,
  SchemaDescription,
  TableDescription,
} from '@fettle/sdk';
import { isFilled } from './ddl.ts';
import type { StoredField } from './engine.ts';
import { nameAsStated } from './stated-relations.ts';

const meanings: Partial<Readonly<Record<FieldType, ColumnMeaning>>> = {
  email: 'email',
  url: 'url',
  select: 'select',
  multiSelect: 'multiSelect',
  user: 'user',
  attachment: 'attachment',
  autoNumber: 'autoNumber',
  createdAt: 'createdAt',
  createdBy: 'createdBy',
  updatedAt: 'updatedAt',
  updatedBy: 'updatedBy',
};

/** Adds to what the database says what the builder stated. */
export function describeFields(schema: SchemaDescription, fields: readonly StoredField[]): SchemaDescription {
  const byPlace = new Map(
    fields.map(({ table, specification }) => [JSON.stringify([table, specification.name]), specification]),
  );
  const tables = schema.tables.map((table): TableDescription => ({
    ...table,
    columns: table.columns.map((column) => {
      const field = byPlace.get(JSON.stringify([table.name, column.name]));
      return field === undefined ? column : describeField(column, field);
    }),
  }));
  return { ...schema, tables: nameAsStated(tables, fields) };
}

function describeField(column: ColumnDescription, field: FieldSpecification): ColumnDescription {
  const meaning = meanings[field.type];
  const { defaultValue, ...rest } = column;
  const known = field.default ?? defaultValue;
  return {
    ...rest,
    ...(known === undefined || known === null ? {} : { defaultValue: known }),
    ...(meaning === undefined ? {} : { meaning }),
    ...(field.options === undefined ? {} : { options: field.options }),
    ...(isText(column) ? { type: field.type === 'longText' ? ('longText' as const) : ('text' as const) } : {}),
    ...(field.type === 'select' ? { type: 'enum' as const } : {}),
    ...(field.type === 'multiSelect' ? { type: 'array' as const, itemType: 'enum' as const } : {}),
    ...(isFilled(field.type) ? { generated: true, hasDefault: true } : {}),
  };
}

/** Both kinds of text are the same to the database. */
function isText({ type }: ColumnDescription): boolean {
  return type === 'text' || type === 'longText';
}

const filledByUs: ReadonlySet<ColumnMeaning> = new Set(['createdAt', 'updatedAt']);
const writable = new WeakMap<SchemaDescription, SchemaDescription>();

/** The same schema with the time stamps open to writing: callers may not write them, this connector does. */
export function withWritableStamps(schema: SchemaDescription): SchemaDescription {
  const known = writable.get(schema);
  if (known !== undefined) return known;
  const open: SchemaDescription = {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.meaning !== undefined && filledByUs.has(column.meaning) ? { ...column, generated: false } : column,
      ),
    })),
  };
  writable.set(schema, open);
  return open;
}
