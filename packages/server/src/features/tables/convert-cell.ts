import { fail, ok, type Json, type Result } from '@fettle/base';
import { isEmailAddress, isWebAddress, type ColumnDescription } from '@fettle/sdk';
import { textOfCell } from './csv-cells.ts';
import type { CsvCell } from './read-csv.ts';

const yes: ReadonlySet<string> = new Set(['true', 'yes', 'y', 't', '1', 'on']);
const no: ReadonlySet<string> = new Set(['false', 'no', 'n', 'f', '0', 'off']);

/** Leave the column out: the database fills it. */
export const leaveOut = Symbol('leave out');

/** The value of a cell for a column, in the wire form of its type, or why it does not fit. */
export function convertCell(cell: CsvCell, column: ColumnDescription): Result<Json | typeof leaveOut, string> {
  const { text, isQuoted } = cell;
  const isText = column.type === 'text' || column.type === 'longText';
  if (text === '' && !(isQuoted && isText)) {
    if (column.hasDefault) return ok(leaveOut);
    if (column.nullable) return ok(null);
    return isText ? ok('') : fail('A value is needed.');
  }
  if (text.includes('\0')) return fail('The text holds a character that cannot be stored.');
  return convertText(text, column);
}

function convertText(text: string, column: ColumnDescription): Result<Json, string> {
  const trimmed = text.trim();
  switch (column.type) {
    case 'text':
    case 'longText':
    case 'enum':
      return convertPlain(textOfCell(text), column);
    case 'uuid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(trimmed)
        ? ok(trimmed.toLowerCase())
        : fail('This is not a UUID.');
    case 'integer':
      return convertInteger(trimmed);
    case 'decimal':
      return /^[+-]?\d+(\.\d+)?$/.test(trimmed)
        ? ok(trimmed.replace(/^\+/, ''))
        : fail('This is not a decimal number such as 1234.50.');
    case 'number':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? ok(Number(trimmed)) : fail('This is not a number.');
    case 'boolean':
      return yes.has(trimmed.toLowerCase())
        ? ok(true)
        : no.has(trimmed.toLowerCase())
          ? ok(false)
          : fail('This is not true or false.');
    case 'json':
    case 'array':
      return convertJson(trimmed, column);
    case 'binary':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(trimmed) ? ok(trimmed) : fail('This is not base64 text.');
    case 'unknown':
      return fail('Columns of this type cannot be written.');
    default:
      return convertMoment(trimmed, column);
  }
}

function convertPlain(text: string, column: ColumnDescription): Result<Json, string> {
  if (column.options !== undefined && column.meaning !== 'multiSelect' && !column.options.includes(text)) {
    return fail(`This is none of the options: ${column.options.slice(0, 10).join(', ')}.`);
  }
  if (column.meaning === 'email' && !isEmailAddress(text)) return fail('This is not an e-mail address.');
  if (column.meaning === 'url' && !isWebAddress(text))
    return fail('This is not an address that begins with https:// or http://.');
  if (column.maxLength !== undefined && [...text].length > column.maxLength)
    return fail(`The text is longer than ${column.maxLength} characters.`);
  return ok(text);
}

function convertInteger(text: string): Result<Json, string> {
  if (!/^[+-]?\d{1,30}$/.test(text)) return fail('This is not a whole number.');
  const number = Number(text);
  return ok(Number.isSafeInteger(number) ? number : text.replace(/^\+/, ''));
}

function convertJson(text: string, column: ColumnDescription): Result<Json, string> {
  try {
    const value = JSON.parse(text) as Json;
    return column.type === 'array' && !Array.isArray(value) ? fail('This is not a list.') : ok(value);
  } catch {
    const isList = column.meaning === 'multiSelect' || column.type === 'array';
    if (isList)
      return ok(
        text
          .split(/[;|]/)
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      );
    return fail('This is not JSON.');
  }
}

function convertMoment(text: string, column: ColumnDescription): Result<Json, string> {
  const match = /^(\d{4}-\d{2}-\d{2})?(?:[T ]?(\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
    text,
  );
  const [, day, minutes, seconds = ':00', fraction = '', zone] = match ?? [];
  if (day !== undefined && !isRealDay(day)) return fail('There is no such day.');
  const time = minutes === undefined ? undefined : `${minutes}${seconds}${fraction}`;
  if (time !== undefined && !isRealTime(time)) return fail('There is no such time of day.');
  switch (column.type) {
    case 'date':
      return day !== undefined && time === undefined ? ok(day) : fail('This is not a date such as 2026-03-28.');
    case 'time':
      return day === undefined && time !== undefined && zone === undefined
        ? ok(time)
        : fail('This is not a time such as 14:30.');
    case 'datetime':
      return day !== undefined && zone === undefined
        ? ok(`${day}T${time ?? '00:00:00'}`)
        : fail('This is not a date and time such as 2026-03-28T14:30.');
    default:
      return day === undefined
        ? fail('This is not an instant such as 2026-03-28T14:30:00Z.')
        : instant(`${day}T${time ?? '00:00:00'}${zone ?? 'Z'}`);
  }
}

function instant(text: string): Result<Json, string> {
  const moment = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(moment.getTime())
    ? fail('This is not an instant such as 2026-03-28T14:30:00Z.')
    : ok(moment.toISOString());
}

function isRealDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function isRealTime(text: string): boolean {
  const [hours = 99, minutes = 99, seconds = 99] = text.split(':').map(Number);
  return hours < 24 && minutes < 60 && seconds < 60;
}
