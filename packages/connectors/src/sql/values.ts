import { inputError, isJsonObject, type AppError, type Json } from '@fettle/base';
import type { ColumnDescription, ColumnType } from '@fettle/sdk';

const integerText = /^-?\d{1,20}$/;
const decimalText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeText = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,7}))?)?$/;
const uuidText = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const base64Text = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const smallest64 = -(2n ** 63n);
const largest64 = 2n ** 64n - 1n;

const expectations: Readonly<Record<ColumnType, string>> = {
  text: 'a text',
  longText: 'a text',
  integer: 'a whole number',
  decimal: 'a number, as text to keep every digit',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date like 2026-01-31',
  time: 'a time like 14:30:00',
  datetime: 'a date and time like 2026-01-31T14:30:00',
  timestamp: 'an instant like 2026-01-31T14:30:00Z',
  json: 'JSON',
  enum: 'one of its options',
  array: 'a list',
  uuid: 'a UUID',
  binary: 'base64 text',
  unknown: 'nothing: this type is read-only',
};

/**
 * Checks a wire value (not null) against the column's type and answers it in one normal form: numbers of an integer
 * as number or digits, instants in UTC, everything else as documented with the column types.
 */
export function checkValue(value: Json, column: ColumnDescription, path: string): Json {
  const checked = normalise(value, column);
  if (checked === undefined) throw wrongValue(column, path, `"${column.name}" takes ${expectationOf(column)}.`);
  if (isTooLong(checked, column))
    throw wrongValue(column, path, `"${column.name}" takes ${column.maxLength} characters at most.`);
  return checked;
}

/** Whether the column takes a wire value (not null). */
export function fitsColumn(value: Json, column: ColumnDescription): boolean {
  const checked = normalise(value, column);
  return checked !== undefined && !isTooLong(checked, column);
}

function isTooLong(value: Json, { maxLength }: ColumnDescription): boolean {
  return maxLength !== undefined && typeof value === 'string' && [...value].length > maxLength;
}

function expectationOf({ type, meaning, itemType, options }: ColumnDescription): string {
  if (meaning === 'attachment') return 'a list of uploaded files';
  if (type === 'array' && itemType === 'enum' && options !== undefined) return 'a list of its options';
  return expectations[type];
}

/** The error for a value that does not fit its column. */
export function wrongValue(column: ColumnDescription, path: string, message: string): AppError {
  return inputError({
    code: 'data.value-invalid',
    message,
    hint:
      column.options === undefined
        ? `The column's type is ${column.nativeType}.`
        : `Options: ${column.options.join(', ')}.`,
    problems: [{ path, message, code: 'data.value-invalid' }],
  });
}

function normalise(value: Json, column: ColumnDescription): Json | undefined {
  if (column.meaning === 'attachment' && !isAttachments(value)) return undefined;
  if (column.type === 'array') return normaliseList(value, column);
  return normaliseAs(column.type, value, column.options);
}

/** A list of stored files. */
function isAttachments(value: Json): boolean {
  const isFile = (item: Json): boolean =>
    isJsonObject(item) &&
    typeof item['id'] === 'string' &&
    typeof item['name'] === 'string' &&
    Object.keys(item).length <= 8;
  return Array.isArray(value) && (value as readonly Json[]).every(isFile);
}

function normaliseList(value: Json, column: ColumnDescription): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  const itemType = column.itemType ?? 'text';
  const items: Json[] = [];
  for (const item of value as readonly Json[]) {
    const checked = item === null ? null : normaliseAs(itemType, item, column.options);
    if (checked === undefined) return undefined;
    items.push(checked);
  }
  return items;
}

/** A value of one type in its normal form. Undefined when it does not fit. */
export function normaliseAs(type: ColumnType, value: Json, options?: readonly string[]): Json | undefined {
  switch (type) {
    case 'text':
    case 'longText':
      return typeof value === 'object' ? undefined : String(value);
    case 'integer':
      return normaliseInteger(value);
    case 'decimal':
      return normaliseDecimal(value);
    case 'number':
      return normaliseNumber(value);
    case 'boolean':
      return normaliseBoolean(value);
    case 'date':
      return typeof value === 'string' && isDate(value) ? value : undefined;
    case 'time':
      return typeof value === 'string' && timeText.test(value) ? withSeconds(value) : undefined;
    case 'datetime':
      return normaliseDatetime(value);
    case 'timestamp':
      return normaliseTimestamp(value);
    case 'enum':
      return typeof value === 'string' && (options === undefined || options.includes(value)) ? value : undefined;
    case 'uuid':
      return typeof value === 'string' && uuidText.test(value) ? value.toLowerCase() : undefined;
    case 'binary':
      return typeof value === 'string' && base64Text.test(value) ? value : undefined;
    case 'json':
      return value;
    case 'array':
    case 'unknown':
      return undefined;
  }
}

function normaliseInteger(value: Json): Json | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !integerText.test(value)) return undefined;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  const exact = BigInt(value);
  return exact >= smallest64 && exact <= largest64 ? exact.toString() : undefined;
}

function normaliseDecimal(value: Json): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && (decimalText.test(value) || value === 'NaN') ? value : undefined;
}

function normaliseNumber(value: Json): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  return decimalText.test(value) ? Number(value) : undefined;
}

function normaliseBoolean(value: Json): Json | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function isDate(text: string): boolean {
  const match = dateText.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return year >= 1 && day >= 1 && day <= days;
}

function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}

function normaliseDatetime(value: Json): Json | undefined {
  if (typeof value !== 'string') return undefined;
  if (isDate(value)) return `${value}T00:00:00`;
  const date = value.slice(0, 10);
  const time = value.slice(11);
  if ((value[10] !== 'T' && value[10] !== ' ') || !isDate(date) || !timeText.test(time)) return undefined;
  return `${date}T${withSeconds(time)}`;
}

function normaliseTimestamp(value: Json): Json | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(.{10})[T ](.+?)(Z|[+-]\d{2}(?::?\d{2})?)$/.exec(value);
  if (match === null) return undefined;
  const [, date = '', time = '', zone = ''] = match;
  if (!isDate(date) || !timeText.test(time)) return undefined;
  const [whole = '', fraction = ''] = withSeconds(time).split('.');
  if (zone === 'Z') return `${date}T${whole}.${fraction.padEnd(3, '0')}Z`;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  const offset = (zone.startsWith('-') ? 1 : -1) * minutes * 60_000;
  const utc = new Date(Date.parse(`${date}T${whole}Z`) + offset);
  return `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(3, '0')}Z`;
}
