import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import type { BucketUnit, ColumnReading, ColumnWriting, SqlDialect } from '../sql/dialect.ts';
import { Fragment, Slot, sql } from '../sql/fragment.ts';
import { plainParameter } from '../sql/custom-query.ts';
import { capabilities } from './capabilities.ts';
import { sqliteKnexClient } from './knex-client.ts';

/** What SQLite does in its own way. */
export const sqliteDialect: SqlDialect = {
  id: 'sqlite',
  knexClient: sqliteKnexClient,
  capabilities,
  syntax: {
    backslashEscapes: false,
    dollarQuotes: false,
    nestedComments: false,
    hashComments: false,
    nameQuotes: { '"': '"', '`': '`', '[': ']' },
    placeholders: /\?|[:@$][A-Za-z_]/,
  },
  customParameter: (value) => (typeof value === 'boolean' ? Number(value) : plainParameter(value)),
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: () => '?',
  read: readColumn,
  write: writeColumn,
  exactEqual: (reference, parameter) => sql`${reference} = ${parameter} collate binary`,
  asText: (reference, column) => (isText(column) ? reference : sql`cast(${reference} as text)`),
  like: (text, pattern, isAscii) => {
    if (isAscii) return sql`${text} like ${pattern} escape '!'`;
    // SQLite folds the case of ASCII letters only; the connection has a function for the others.
    const folded = new Slot(pattern.index, (value) => String(pattern.convert(value)).toLowerCase());
    return sql`fettle_fold(${text}) like ${folded} escape '!'`;
  },
  isNotTrue: (condition) => sql`(${condition}) is not true`,
  isAnyOf: (reference, list) => sql`${reference} in (select value from json_each(${list}))`,
  listHolds: (reference, value) =>
    sql`exists (select 1 from json_each(case when json_valid(${reference}) then ${reference} else '[]' end) as item where item.value = ${value})`,
  listIsEmpty: (reference) => sql`${reference} in ('', '[]', '{}', 'null', '""')`,
  bucket: (reference, unit, column) => bucket(reference, unit, column),
  estimate: () => undefined,
  measureExpression: (name, reference, column) => {
    const measured = name === 'sum' ? sql`sum(${reference})` : sql`avg(${reference})`;
    return column.type === 'decimal' ? withoutNoise(measured) : measured;
  },
  measureColumn: (name, column) => {
    const { scale, ...rest } = column;
    const isExact = column.type === 'decimal' || (column.type === 'integer' && name === 'sum');
    return {
      ...rest,
      type: isExact ? 'decimal' : column.type === 'number' ? 'number' : 'decimal',
      nativeType: 'numeric',
      ...(name === 'sum' && scale !== undefined ? { scale } : {}),
    };
  },
};

/** SQLite adds decimals up as binary fractions: 24 times 0.99 comes to 23.759999999999998. Fifteen digits are exact. */
function withoutNoise(measured: Fragment): Fragment {
  return sql`case typeof(${measured}) when 'real' then cast(printf('%.15g', ${measured}) as real) else ${measured} end`;
}

function isText(column: ColumnDescription): boolean {
  return column.type === 'text' || column.type === 'longText' || column.type === 'uuid' || column.type === 'enum';
}

const integerAsText = (value: unknown): Json => (typeof value === 'bigint' ? value.toString() : plain(value));

function readColumn(column: ColumnDescription): ColumnReading {
  switch (column.type) {
    case 'integer':
      return { decode: integerAsText };
    case 'decimal':
      return { decode: (value) => decimalText(value, column.scale) };
    case 'boolean':
      return { decode: (value) => (typeof value === 'string' ? /^(?:1|t|true|y|yes)$/i.test(value) : Boolean(value)) };
    case 'date':
      return { decode: (value) => (typeof value === 'string' ? value.slice(0, 10) : String(plain(value))) };
    case 'datetime':
      return { decode: (value) => (typeof value === 'string' ? datetimeText(value) : String(plain(value))) };
    case 'timestamp':
      return { decode: (value) => (typeof value === 'string' ? timestampText(value) : String(plain(value))) };
    case 'json':
    case 'array':
      return { decode: parseJson };
    case 'number':
      return {
        decode: (value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : plain(value)),
      };
    default:
      // A text column can hold a number or a blob all the same: SQLite does not insist on declared types.
      return { decode: (value) => (typeof value === 'string' ? value : String(plain(value))) };
    case 'binary':
      return { decode: (value) => (typeof value === 'string' ? Buffer.from(value).toString('base64') : plain(value)) };
  }
}

function plain(value: unknown): Json {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  return value as Json;
}

function decimalText(value: unknown, scale: number | undefined): Json {
  if (typeof value !== 'number') return String(plain(value));
  // A declared scale shows as many digits as other databases would; more stored digits are never cut.
  const text = String(value);
  const digits = text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0);
  return scale !== undefined && digits <= scale && Math.abs(value) < 1e15 && !text.includes('e')
    ? value.toFixed(scale)
    : text;
}

/** Without a zone: `2026-01-31 14:30` and `2026-01-31T14:30:00` alike. */
function datetimeText(text: string): string {
  if (text.length === 10) return `${text}T00:00:00`;
  const joined = `${text.slice(0, 10)}T${text.slice(11)}`.replace(/(?:Z|[+-]00:?00)$/, '');
  return joined.length === 16 ? `${joined}:00` : joined;
}

/** SQLite's own times are UTC. */
function timestampText(text: string): string {
  const whole = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d+))?)?(?:Z|\+00:?00)?$/.exec(text);
  if (whole === null) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? text : new Date(instant).toISOString();
  }
  const [, date = '', time = '00:00', seconds = ':00', fraction = ''] = whole;
  return `${date}T${time}${seconds}.${fraction.padEnd(3, '0')}Z`;
}

function parseJson(value: unknown): Json {
  if (typeof value !== 'string') return plain(value);
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

const encoders: Partial<Record<ColumnDescription['type'], (value: Json) => unknown>> = {
  integer: (value) => (typeof value === 'string' ? BigInt(value) : value),
  decimal: (value) => decimalParameter(String(value)),
  boolean: (value) => (value === true ? 1 : 0),
  datetime: (value) => String(value).replace('T', ' ').replace(/\.0+$/, ''),
  timestamp: (value) =>
    String(value)
      .replace('T', ' ')
      .replace(/(?:\.0+|(\.\d*?)0*)Z$/, '$1')
      .replace(/\.$/, ''),
  json: (value) => JSON.stringify(value),
  array: (value) => JSON.stringify(value),
  binary: (value) => Buffer.from(String(value), 'base64'),
};

function writeColumn(column: ColumnDescription): ColumnWriting {
  const encode = encoders[column.type];
  if (encode === undefined) return {};
  return { encode };
}

/** A number where it keeps every digit, so that it compares as one; the text otherwise. */
function decimalParameter(text: string): number | bigint | string {
  if (/^-?\d{1,18}$/.test(text)) return BigInt(text);
  const number = Number(text);
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '').length;
  return Number.isFinite(number) && digits <= 15 ? number : text;
}

function bucket(reference: Fragment, unit: BucketUnit, column: ColumnDescription): Fragment {
  const suffix = column.type === 'date' ? '' : ' 00:00:00';
  const format = (text: string): Fragment => sql`strftime('${new Fragment(text)}', ${reference})`;
  switch (unit) {
    case 'year':
      return format(`%Y-01-01${suffix}`);
    case 'month':
      return format(`%Y-%m-01${suffix}`);
    case 'day':
      return format(`%Y-%m-%d${suffix}`);
    case 'hour':
      return format('%Y-%m-%d %H:00:00');
    case 'week':
      return sql`strftime('${new Fragment(`%Y-%m-%d${suffix}`)}', ${reference}, 'weekday 0', '-6 days')`;
    case 'quarter':
      return sql`strftime('%Y-', ${reference}) || case when ${format('%m')} < '04' then '01' when ${format('%m')} < '07' then '04' when ${format('%m')} < '10' then '07' else '10' end || '${new Fragment(`-01${suffix}`)}'`;
  }
}
