/**
 * A date or time. `date` is a calendar day, `local` a wall clock time without a zone, `instant` a point in
 * time. `ms` counts from 1970-01-01T00:00 — in UTC for instants, on the calendar itself for the others, so
 * that a day or a wall clock time never shifts by a zone.
 */
export interface Moment {
  readonly kind: 'date' | 'local' | 'instant';
  readonly ms: number;
}

/** The fields of a wall clock time, as calendars and patterns read them. */
export interface Fields {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** Reads ISO 8601 text; `undefined` when it is none or names a day that does not exist. */
export function parseMoment(text: string): Moment | undefined {
  const match = isoPattern.exec(text.trim().slice(0, 50));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = match;
  const ms = msOfFields({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1000),
  });
  if (ms === undefined || (hour === undefined && zone !== undefined)) return undefined;
  if (hour === undefined) return { kind: 'date', ms };
  return zone === undefined ? { kind: 'local', ms } : { kind: 'instant', ms: ms - offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** Milliseconds of fields on the calendar; `undefined` when the day or time does not exist. */
export function msOfFields(fields: Fields): number | undefined {
  const { year, month, day, hour, minute, second, millisecond } = fields;
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && month >= 1 && month <= 12;
  if (!isTime || day < 1 || day > daysInMonth(year, month)) return undefined;
  return (
    Date.UTC(2000, month - 1, day, hour, minute, second, millisecond) + daysBetweenYears(year, month, day) * 86_400_000
  );
}

/** `Date.UTC` reads years below 100 as 19xx, so days are counted from the same day of the year 2000. */
function daysBetweenYears(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round((date.getTime() - Date.UTC(2000, month - 1, day)) / 86_400_000);
}

/** The fields of milliseconds on the calendar. */
export function fieldsOf(ms: number): Fields {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a year with 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** ISO 8601 text of a moment; milliseconds only when there are any. */
export function writeMoment({ kind, ms }: Moment): string {
  const iso = new Date(ms).toISOString();
  if (kind === 'date') return iso.slice(0, iso.indexOf('T'));
  const plain = iso.replace('.000Z', 'Z');
  return kind === 'instant' ? plain : plain.slice(0, -1);
}
