import type { ColumnDescription } from '@fettle/sdk';
import type { SqlDialect } from '../sql/dialect.ts';
import { Fragment, sql } from '../sql/fragment.ts';
import { plainParameter } from '../sql/custom-query.ts';
import { capabilities } from './capabilities.ts';

/** What PostgreSQL does in its own way. */
export const postgresDialect: SqlDialect = {
  id: 'postgres',
  knexClient: 'pg',
  capabilities,
  syntax: {
    backslashEscapes: false,
    dollarQuotes: true,
    nestedComments: true,
    hashComments: false,
    nameQuotes: { '"': '"' },
    placeholders: /\$\d/,
  },
  customParameter: (value) => (Array.isArray(value) ? value : plainParameter(value)),
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (number) => `$${number}`,
  read: (column) => {
    // Arrays of enums and domains have type numbers of their own; as text[] the driver knows them.
    if (column.type === 'array' && !isPlainArray(column)) {
      return { expression: (reference) => sql`${reference}::text[]` };
    }
    if (column.type === 'unknown') return { expression: (reference) => sql`${reference}::text` };
    return {};
  },
  write: (column) => {
    if (column.type === 'json') return { encode: (value) => JSON.stringify(value) };
    if (column.type === 'binary') return { encode: (value) => Buffer.from(String(value), 'base64') };
    if (column.type === 'array') return { encode: (value) => value };
    return {};
  },
  exactEqual: (reference, parameter, column) =>
    column.nativeType === 'citext' ? sql`${reference}::text = ${parameter}` : sql`${reference} = ${parameter}`,
  asText: (reference, column) => (isCharacter(column) ? reference : sql`${reference}::text`),
  like: (text, pattern) => sql`${text} ilike ${pattern} escape '!'`,
  isNotTrue: (condition) => sql`(${condition}) is not true`,
  isAnyOf: (reference, list, column) => {
    // Enums, addresses and the like have no comparison with text of their own.
    const needsText =
      column.type === 'enum' || ((column.type === 'text' || column.type === 'longText') && !isCharacter(column));
    return sql`${needsText ? sql`${reference}::text` : reference} = any(${list}::${castOf(column)}[])`;
  },
  listHolds: (reference, value, column) =>
    column.type === 'array'
      ? sql`${value} = any(${reference}::text[])`
      : sql`case when jsonb_typeof(${reference}::jsonb) = 'array' then exists (select 1 from jsonb_array_elements_text(${reference}::jsonb) as item where item = ${value}) else false end`,
  listIsEmpty: (reference, column) =>
    column.type === 'array'
      ? sql`cardinality(${reference}) = 0`
      : sql`${reference}::jsonb in ('[]'::jsonb, '{}'::jsonb, 'null'::jsonb, '""'::jsonb)`,
  bucket: (reference, unit, column) => {
    const start = sql`date_trunc('${new Fragment(unit)}', ${reference}${new Fragment(column.type === 'timestamp' ? " at time zone 'UTC'" : '')})`;
    if (column.type === 'timestamp') return sql`${start} at time zone 'UTC'`;
    return column.type === 'date' ? sql`${start}::date` : start;
  },
  estimate: (table) =>
    sql`select case when reltuples < 0 then null else reltuples end from pg_class where oid = to_regclass('${new Fragment(table.text.replaceAll("'", "''"))}')`,
  measureExpression: (name, reference, column) => {
    const value = column.type === 'number' ? reference : sql`${reference}::numeric`;
    return name === 'sum' ? sql`sum(${value})` : sql`avg(${value})`;
  },
  measureColumn: (_name, column) => ({
    ...column,
    type: column.type === 'number' ? 'number' : 'decimal',
    nativeType: 'numeric',
  }),
};

function isPlainArray(column: ColumnDescription): boolean {
  return (
    column.itemType !== undefined &&
    column.options === undefined &&
    plainItems.has(column.nativeType.replace(/(?:\(.*?\))?\[\]$/, ''))
  );
}

const plainItems: ReadonlySet<string> = new Set([
  'boolean',
  'bytea',
  'bigint',
  'smallint',
  'integer',
  'text',
  'json',
  'jsonb',
  'real',
  'double precision',
  'character',
  'character varying',
  'date',
  'time without time zone',
  'timestamp without time zone',
  'timestamp with time zone',
  'numeric',
  'uuid',
]);

function isCharacter(column: ColumnDescription): boolean {
  return (
    (column.type === 'text' || column.type === 'longText') &&
    /^(?:text|char|varchar|citext|character)/.test(column.nativeType)
  );
}

/** The type that a list parameter is cast to: the column's own where it has a plain name, text otherwise. */
function castOf(column: ColumnDescription): Fragment {
  switch (column.type) {
    case 'integer':
      return new Fragment(column.nativeType === 'oid' ? 'oid' : 'bigint');
    case 'decimal':
      return new Fragment('numeric');
    case 'number':
      return new Fragment(column.nativeType === 'real' ? 'real' : 'double precision');
    case 'boolean':
      return new Fragment('boolean');
    case 'date':
      return new Fragment('date');
    case 'time':
      return new Fragment('time');
    case 'datetime':
      return new Fragment('timestamp');
    case 'timestamp':
      return new Fragment('timestamptz');
    case 'uuid':
      return new Fragment('uuid');
    case 'binary':
      return new Fragment('bytea');
    default:
      if (column.nativeType.startsWith('character(')) return new Fragment('bpchar');
      return new Fragment(column.nativeType === 'citext' ? 'citext' : 'text');
  }
}
