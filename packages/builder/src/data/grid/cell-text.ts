import { isJsonObject, type Json } from '@fettle/base';
import type { ColumnMeaning, ColumnType } from '@fettle/sdk';

/** How a value is shown in a cell. `quiet` values are marks, not content. */
export interface CellText {
  readonly text: string;
  readonly look: 'plain' | 'number' | 'code' | 'quiet';
  /** More exact than the text, when it differs. */
  readonly title?: string;
}

/** What of a column decides how its values look. */
export interface CellColumn {
  readonly type: ColumnType;
  readonly meaning?: ColumnMeaning | undefined;
}

const longest = 300;

/** The text of a cell: one line, cut when long. `zone` is the time zone of the reader. */
export function cellText(value: Json | undefined, column: CellColumn, zone?: string): CellText {
  if (value === undefined || value === null) return { text: 'null', look: 'quiet' };
  if (value === '') return { text: 'empty', look: 'quiet' };
  if (column.meaning === 'attachment') return attachmentText(value);
  if (column.meaning === 'multiSelect' && Array.isArray(value)) return plain(value.map(String).join(', '));
  return byType(value, column.type, zone);
}

function byType(value: Json, type: ColumnType, zone: string | undefined): CellText {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'number':
      return { text: String(value), look: 'number' };
    case 'boolean':
      return { text: value === true ? 'yes' : value === false ? 'no' : String(value), look: 'plain' };
    case 'timestamp':
      return timestampText(value, zone);
    case 'datetime':
      return { text: String(value).replace('T', ' ').replace(/\.0+$/, ''), look: 'plain' };
    case 'binary':
      return { text: byteSize(base64Size(String(value))), look: 'quiet', title: 'Binary data' };
    case 'json':
    case 'array':
      return code(typeof value === 'string' ? value : JSON.stringify(value));
    case 'uuid':
      return code(String(value));
    default:
      return typeof value === 'object' ? code(JSON.stringify(value)) : plain(String(value));
  }
}

/** The whole value as text: JSON over several lines. */
export function fullText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** Size of the bytes that a base64 text stands for. */
export function base64Size(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((text.length * 3) / 4) - padding);
}

/** A number of bytes in words: `1.4 kB`. */
export function byteSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** Names of the files of an attachment column. */
export function attachmentNames(value: Json): readonly string[] {
  const files = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return files.flatMap((file) => (isJsonObject(file) && typeof file['name'] === 'string' ? [file['name']] : []));
}

function attachmentText(value: Json): CellText {
  const names = attachmentNames(value);
  return names.length === 0 ? code(JSON.stringify(value)) : plain(names.join(', '));
}

function timestampText(value: Json, zone: string | undefined): CellText {
  const moment = new Date(String(value));
  if (Number.isNaN(moment.getTime())) return plain(String(value));
  return { text: localTime(moment, zone), look: 'plain', title: String(value) };
}

/** An instant in a time zone as `2026-03-28 14:30:00`. */
export function localTime(moment: Date, zone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(moment);
}

function plain(text: string): CellText {
  return { text: cut(text), look: 'plain' };
}

function code(text: string): CellText {
  return { text: cut(text), look: 'code' };
}

function cut(text: string): string {
  const line = (text.length > longest ? text.slice(0, longest) : text).replace(/\s*\n\s*/g, ' ⏎ ');
  return text.length > longest ? `${line}…` : line;
}
