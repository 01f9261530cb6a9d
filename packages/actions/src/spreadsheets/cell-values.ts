import type { Json } from '@fettle/base';

/** What a cell holds: what the library reads and writes. */
export type CellValue = string | number | boolean | Date | null;

/** Which texts become more than text in a sheet. */
export type Conversion = 'none' | 'dates' | 'all';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const timePattern = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
/** Before it, Excel counts a day that never was. */
const firstDay = Date.UTC(1900, 2, 1);
const lastDay = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const dayMs = 86_400_000;

/**
 * A value as a cell. Texts stay texts, whatever sign they begin with: nothing here makes a formula. Numbers that a sheet
 * would round (more than 15 digits) stay text too.
 */
export function cellOf(value: Json | undefined, conversion: Conversion, timeZone: string): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return escaped(JSON.stringify(value));
  if (typeof value !== 'string') return value;
  if (conversion !== 'none') {
    const date = dateOf(value, timeZone);
    if (date !== undefined) return date;
    if (conversion === 'all' && isPlainNumber(value)) return Number(value);
  }
  return escaped(value);
}

/** Characters that the format writes as `_xHHHH_`; the same text in a value must not be read as one. */
function escaped(text: string): string {
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

function isPlainNumber(text: string): boolean {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return false;
  return text.replaceAll(/[-.]/g, '').replace(/^0+/, '').length <= 15;
}

/** A date as sheets count it: what the clocks of the zone show, as if it were UTC. */
function dateOf(text: string, timeZone: string): Date | undefined {
  let time: number;
  if (dayPattern.test(text)) {
    time = Date.parse(`${text}T00:00:00Z`);
    // 2026-02-30 is a text.
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  } else {
    const match = timePattern.exec(text);
    if (match === null) return undefined;
    const zone = match[1];
    time = Date.parse(zone === undefined ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T'));
    if (Number.isNaN(time)) return undefined;
    if (zone !== undefined) time += offsetAt(time, timeZone);
  }
  return time < firstDay || time > lastDay ? undefined : new Date(time);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  let format = formats.get(timeZone);
  if (format === undefined) {
    const options = { hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, ...options, ...clock });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
  return shown - Math.floor(time / 1000) * 1000;
}

/** True for a date with a time of day. */
export function hasTime(value: CellValue): boolean {
  return value instanceof Date && value.getTime() % dayMs !== 0;
}

/** What a cell says, as JSON: dates as `2026-03-01` or `2026-03-01T09:30:00`, times without a day as `09:30:00`. */
export function jsonOf(value: unknown): Json {
  if (!(value instanceof Date)) return value === undefined ? null : (value as Json);
  // Sheets keep days as fractions; a millisecond is as exact as they are.
  const text = new Date(Math.round(value.getTime())).toISOString().replace(/\.000Z$|Z$/, '');
  if (text.startsWith('1899-12-3')) return text.slice(11);
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text;
}
