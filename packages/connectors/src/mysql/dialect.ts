import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import type { BucketUnit, ColumnReading, ColumnWriting, SqlDialect } from '../sql/dialect.ts';
import { Fragment, Slot, sql } from '../sql/fragment.ts';
import { plainParameter } from '../sql/custom-query.ts';
import { hideQuestionMarks } from '../sql/names.ts';
import { capabilities } from './capabilities.ts';

/** What MySQL and MariaDB do in their own way. */
export const mysqlDialect: SqlDialect = {
  id: 'mysql',
  knexClient: 'mysql2',
  capabilities,
  syntax: {
    backslashEscapes: true,
    dollarQuotes: false,
    nestedComments: false,
    hashComments: true,
    nameQuotes: { '`': '`' },
    placeholders: /\?/,
  },
  customParameter: plainParameter,
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  placeholder: () => '?',
  read: readColumn,
  write: writeColumn,
  exactEqual: (reference, parameter, column) =>
    isText(column)
      ? sql`convert(${reference} using utf8mb4) = ${parameter} collate utf8mb4_bin`
      : sql`${reference} = ${parameter}`,
  asText: (reference, column) => (isText(column) ? reference : sql`cast(${reference} as char)`),
  like: (text, pattern) => sql`lower(${text}) like lower(${pattern}) escape '!'`,
  isNotTrue: (condition) => sql`(${condition}) is not true`,
  isAnyOf: (reference, list) => sql`${reference} in (${list})`,
  listHolds: (reference, value, column) => {
    if (column.type === 'array') return sql`find_in_set(${value}, ${reference}) > 0`;
    const json = new Slot(value.index, (item) => JSON.stringify(value.convert(item)));
    return sql`(json_valid(${reference}) and json_contains(${reference}, ${json}))`;
  },
  listIsEmpty: (reference, column) =>
    column.type === 'array'
      ? sql`${reference} = ''`
      : sql`cast(${reference} as char) in ('', '[]', '{}', 'null', '""')`,
  bucket,
  estimate: (_table, { schema, name }) => {
    const text = (value: string): Fragment =>
      new Fragment(hideQuestionMarks(`'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`));
    const where = schema === undefined ? new Fragment('database()') : text(schema);
    return sql`select table_rows from information_schema.tables where table_schema = ${where} and table_name = ${text(name)}`;
  },
  measureExpression: (name, reference) => (name === 'sum' ? sql`sum(${reference})` : sql`avg(${reference})`),
  measureColumn: (_name, column) => ({
    ...column,
    type: column.type === 'number' ? 'number' : 'decimal',
    nativeType: 'decimal',
  }),
};

function isText(column: ColumnDescription): boolean {
  return column.type === 'text' || column.type === 'longText' || column.type === 'enum';
}

function readColumn(column: ColumnDescription): ColumnReading {
  const { nativeType } = column;
  if (nativeType.startsWith('bit')) {
    const decode = column.type === 'boolean' ? Boolean : (value: unknown): Json => value as Json;
    return { expression: (reference) => sql`(${reference} + 0)`, decode };
  }
  switch (column.type) {
    case 'boolean':
      return { decode: Boolean };
    case 'decimal':
      return { decode: String };
    case 'datetime':
      return { decode: datetimeText };
    case 'timestamp':
      return { decode: timestampText };
    case 'json':
      return { decode: parseJson };
    case 'binary':
      return { decode: (value) => (Buffer.isBuffer(value) ? value.toString('base64') : String(value)) };
    case 'array':
      return { decode: (value) => (value === '' ? [] : String(value).split(',')) };
    case 'number':
      // A single-precision number travels as a double: shown as short as it was written.
      return nativeType.startsWith('float') ? { decode: (value) => shortFloat(Number(value)) } : { decode: Number };
    case 'unknown':
      return { expression: (reference) => sql`st_astext(${reference})` };
    case 'text':
    case 'longText':
      return { decode: (value) => (typeof value === 'string' ? value : String(value)) };
    default:
      return {};
  }
}

function shortFloat(value: number): number {
  for (let digits = 6; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function datetimeText(value: unknown): Json {
  const text = String(value);
  return text.length === 10 ? `${text}T00:00:00` : `${text.slice(0, 10)}T${text.slice(11)}`;
}

function timestampText(value: unknown): Json {
  const text = String(datetimeText(value));
  const [whole, fraction = ''] = text.split('.');
  return `${whole ?? ''}.${fraction.replace(/0+$/, '').padEnd(3, '0')}Z`;
}

function parseJson(value: unknown): Json {
  if (typeof value !== 'string') return value as Json;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function writeColumn(column: ColumnDescription): ColumnWriting {
  const { nativeType } = column;
  switch (column.type) {
    case 'boolean':
      return { encode: (value) => (value === true ? 1 : 0) };
    case 'integer':
      if (nativeType.startsWith('bit'))
        return { wrap: (parameter) => sql`cast(${parameter} as unsigned)`, encode: String };
      // As digits: a number would travel as a double.
      return nativeType.startsWith('bigint')
        ? {
            wrap: (parameter) =>
              sql`cast(${parameter} as ${new Fragment(nativeType.includes('unsigned') ? 'unsigned' : 'signed')})`,
            encode: String,
          }
        : {};
    case 'decimal':
      // Text would be compared as a double.
      return { wrap: (parameter) => sql`cast(${parameter} as decimal(65, 30))` };
    case 'number':
      return nativeType.startsWith('float') ? { encode: (value) => Math.fround(Number(value)) } : { encode: Number };
    case 'datetime':
      return { encode: (value) => String(value).replace('T', ' ') };
    case 'timestamp':
      return { encode: (value) => String(value).replace('T', ' ').replace('Z', '') };
    case 'json':
      return { encode: (value) => JSON.stringify(value) };
    case 'binary':
      return { encode: (value) => Buffer.from(String(value), 'base64') };
    case 'array':
      return { encode: (value) => (value as readonly Json[]).join(',') };
    default:
      return {};
  }
}

function bucket(reference: Fragment, unit: BucketUnit): Fragment {
  const format = (text: string): Fragment => sql`date_format(${reference}, '${new Fragment(text)}')`;
  switch (unit) {
    case 'year':
      return format('%Y-01-01');
    case 'quarter':
      return sql`date_format(makedate(year(${reference}), 1) + interval (quarter(${reference}) - 1) * 3 month, '%Y-%m-%d')`;
    case 'month':
      return format('%Y-%m-01');
    case 'week':
      return sql`date_format(date_sub(date(${reference}), interval weekday(${reference}) day), '%Y-%m-%d')`;
    case 'day':
      return format('%Y-%m-%d');
    case 'hour':
      return format('%Y-%m-%d %H:00:00');
  }
}
