import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import { plainParameter } from '../sql/custom-query.ts';
import type { BucketUnit, ColumnReading, ColumnWriting, SqlDialect } from '../sql/dialect.ts';
import { Fragment, sql } from '../sql/fragment.ts';
import { capabilities } from './capabilities.ts';

/** What SQL Server does in its own way. */
export const mssqlDialect: SqlDialect = {
  id: 'mssql',
  knexClient: 'mssql',
  capabilities,
  syntax: {
    backslashEscapes: false,
    dollarQuotes: false,
    nestedComments: true,
    hashComments: false,
    nameQuotes: { '"': '"', '[': ']' },
    placeholders: /(?<!@)@p\d/i,
  },
  customParameter: plainParameter,
  quote: (name) => `[${name.replaceAll(']', ']]')}]`,
  placeholder: (number) => `@p${number}`,
  read: readColumn,
  write: writeColumn,
  exactEqual: (reference, parameter, column) =>
    isText(column) ? sql`${reference} = ${parameter} collate Latin1_General_BIN2` : sql`${reference} = ${parameter}`,
  asText: (reference, column) => (isText(column) ? reference : sql`cast(${reference} as nvarchar(max))`),
  like: (text, pattern) => sql`lower(${text}) like lower(${pattern}) escape '!'`,
  isNotTrue: (condition) => sql`case when ${condition} then 0 else 1 end = 1`,
  isAnyOf: (reference, list) => sql`${reference} in (${list})`,
  listHolds: (reference, value) =>
    sql`exists (select 1 from openjson(case when isjson(${reference}) = 1 then ${reference} else '[]' end) as item where item.value = ${value})`,
  listIsEmpty: (reference) => sql`${reference} in ('', '[]', '{}', 'null', '""')`,
  bucket,
  estimate: (table) =>
    sql`select sum(row_count) from sys.dm_db_partition_stats where index_id < 2 and object_id = object_id(N'${new Fragment(table.text.replaceAll("'", "''"))}')`,
  measureExpression: (name, reference, column) => {
    const value = column.type === 'number' ? reference : sql`cast(${reference} as decimal(38, ${column.scale ?? 0}))`;
    return name === 'sum'
      ? sql`sum(${value})`
      : sql`avg(${column.type === 'number' ? reference : sql`cast(${reference} as decimal(38, 10))`})`;
  },
  measureColumn: (_name, column) => ({
    ...column,
    type: column.type === 'number' ? 'number' : 'decimal',
    nativeType: 'decimal',
  }),
};

function isText(column: ColumnDescription): boolean {
  return column.type === 'text' || column.type === 'longText';
}

function readColumn(column: ColumnDescription): ColumnReading {
  switch (column.type) {
    case 'integer':
      return column.nativeType === 'bigint' ? { decode: integerValue } : {};
    case 'decimal':
      // As text: the driver would make it a double.
      return /money/.test(column.nativeType)
        ? { expression: (reference) => sql`convert(varchar(60), ${reference}, 2)` }
        : { expression: (reference) => sql`convert(varchar(60), ${reference})` };
    case 'date':
      return { expression: (reference) => sql`convert(varchar(10), ${reference}, 23)` };
    case 'time':
      return { expression: (reference) => sql`convert(varchar(16), ${reference})`, decode: withoutTrailingZeros };
    case 'datetime':
      return { expression: (reference) => sql`convert(varchar(33), ${reference}, 126)`, decode: withoutTrailingZeros };
    case 'timestamp':
      return {
        expression: (reference) =>
          sql`convert(varchar(33), cast(switchoffset(${reference}, '+00:00') as datetime2), 126)`,
        decode: timestampText,
      };
    case 'uuid':
      return { decode: (value) => String(value).toLowerCase() };
    case 'binary':
      return { decode: (value) => (Buffer.isBuffer(value) ? value.toString('base64') : String(value)) };
    case 'json':
      return { decode: parseJson };
    case 'unknown':
      return { expression: (reference) => sql`cast(${reference} as nvarchar(max))` };
    default:
      return {};
  }
}

function integerValue(value: unknown): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function withoutTrailingZeros(value: unknown): Json {
  return String(value).replace(/(?:\.0+|(\.\d*?)0+)$/, '$1');
}

function timestampText(value: unknown): Json {
  const [whole = '', fraction = ''] = String(value).split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(3, '0')}Z`;
}

function parseJson(value: unknown): Json {
  try {
    return JSON.parse(String(value)) as Json;
  } catch {
    return String(value);
  }
}

/** Values that travel as text and take the column's own type on the server. */
const castTypes: ReadonlySet<ColumnDescription['type']> = new Set([
  'decimal',
  'date',
  'time',
  'datetime',
  'timestamp',
  'uuid',
]);

function writeColumn(column: ColumnDescription): ColumnWriting {
  const isPlainType = /^[a-z0-9]+(?:\([\d, ]+\))?$/.test(column.nativeType);
  const wrap = (parameter: Fragment): Fragment => sql`cast(${parameter} as ${new Fragment(column.nativeType)})`;
  switch (column.type) {
    case 'integer':
      return { wrap: (parameter) => sql`cast(${parameter} as bigint)`, encode: String };
    case 'number':
      return { encode: Number };
    case 'binary':
      return {
        wrap: (parameter) => sql`cast(${parameter} as varbinary(max))`,
        encode: (value) => Buffer.from(String(value), 'base64'),
      };
    case 'json':
      return { encode: (value) => JSON.stringify(value) };
    default:
      return castTypes.has(column.type) && isPlainType ? { wrap } : {};
  }
}

function bucket(reference: Fragment, unit: BucketUnit, column: ColumnDescription): Fragment {
  const value = column.type === 'timestamp' ? sql`cast(switchoffset(${reference}, '+00:00') as datetime2)` : reference;
  const part = new Fragment(unit);
  const start =
    unit === 'week'
      ? sql`dateadd(day, datediff(day, 0, ${value}) / 7 * 7, 0)`
      : sql`dateadd(${part}, datediff(${part}, 0, ${value}), 0)`;
  if (column.type === 'date') return sql`cast(${start} as date)`;
  return column.type === 'timestamp' ? sql`todatetimeoffset(cast(${start} as datetime2), '+00:00')` : start;
}
