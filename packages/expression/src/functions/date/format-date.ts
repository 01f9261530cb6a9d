import type { Run } from '../../evaluate/run.ts';
import { textOf, textOr } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionFamily } from '../entry.ts';
import { checkLocale } from '../format/locale.ts';
import { dateText, momentOf } from './arguments.ts';
import { onDate } from './calculate.ts';
import { fieldsOf, msOfFields, parseMoment, writeMoment } from './moment.ts';
import type { Fields, Moment } from './moment.ts';
import { offsetText } from './parts.ts';
import { piecesOf } from './pattern-tokens.ts';
import { dayOfYear, isoWeekOf } from './units.ts';
import { instantOfWall, offsetAt, wallOf, zoneOf } from './zone.ts';

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

const names = new Map<string, Intl.DateTimeFormat>();

/** The name of a month or weekday in a language. */
function nameOf(run: Run, wall: number, locale: string, part: 'month' | 'weekday', length: 'long' | 'short'): string {
  run.spend(60);
  const key = `${locale}/${part}/${length}`;
  const known =
    names.get(key) ?? new Intl.DateTimeFormat(locale, { [part]: length, timeZone: 'UTC', calendar: 'gregory' });
  if (names.size > 100) names.clear();
  names.set(key, known);
  return known.format(wall);
}

interface Shown {
  readonly wall: number;
  readonly fields: Fields;
  readonly locale: string;
  readonly offset: number;
}

const tokens: Readonly<Record<string, (shown: Shown, run: Run) => string>> = {
  yyyy: ({ fields }) => pad(fields.year, 4),
  yy: ({ fields }) => pad(fields.year % 100, 2),
  RRRR: ({ wall }) => pad(isoWeekOf(wall).year, 4),
  Q: ({ fields }) => String(Math.ceil(fields.month / 3)),
  MMMM: ({ wall, locale }, run) => nameOf(run, wall, locale, 'month', 'long'),
  MMM: ({ wall, locale }, run) => nameOf(run, wall, locale, 'month', 'short'),
  MM: ({ fields }) => pad(fields.month, 2),
  M: ({ fields }) => String(fields.month),
  ww: ({ wall }) => pad(isoWeekOf(wall).week, 2),
  w: ({ wall }) => String(isoWeekOf(wall).week),
  D: ({ wall }) => String(dayOfYear(wall)),
  dd: ({ fields }) => pad(fields.day, 2),
  d: ({ fields }) => String(fields.day),
  EEEE: ({ wall, locale }, run) => nameOf(run, wall, locale, 'weekday', 'long'),
  EEE: ({ wall, locale }, run) => nameOf(run, wall, locale, 'weekday', 'short'),
  E: ({ wall, locale }, run) => nameOf(run, wall, locale, 'weekday', 'short'),
  HH: ({ fields }) => pad(fields.hour, 2),
  H: ({ fields }) => String(fields.hour),
  hh: ({ fields }) => pad(fields.hour % 12 || 12, 2),
  h: ({ fields }) => String(fields.hour % 12 || 12),
  mm: ({ fields }) => pad(fields.minute, 2),
  m: ({ fields }) => String(fields.minute),
  ss: ({ fields }) => pad(fields.second, 2),
  s: ({ fields }) => String(fields.second),
  SSS: ({ fields }) => pad(fields.millisecond, 3),
  a: ({ fields }) => (fields.hour < 12 ? 'AM' : 'PM'),
  XXX: ({ offset }) => offsetText(offset),
};

const styles: ReadonlySet<string> = new Set(['short', 'medium', 'long', 'full']);

function formatDate(run: Run, moment: Moment, args: readonly unknown[]): string {
  const pattern = textOr(run, args[1], moment.kind === 'date' ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm');
  const zone = zoneOf(run, args[2]);
  const locale = checkLocale(run, textOr(run, args[3], run.locale));
  const wall = wallOf(run, moment, zone);
  if (styles.has(pattern)) return styled(run, moment, wall, pattern as 'short', locale);
  const instant = moment.kind === 'instant' ? moment.ms : instantOfWall(run, wall, zone);
  const shown: Shown = { wall, fields: fieldsOf(wall), locale, offset: offsetAt(run, zone, instant) };
  const texts = piecesOf(run, pattern).map(({ kind, value }) =>
    kind === 'text' ? value : (tokens[value]?.(shown, run) ?? ''),
  );
  run.allowText(texts.reduce((sum, text) => sum + text.length, 0));
  return texts.join('');
}

/** The language's own way to write dates, with plain spaces so that it is the same everywhere. */
function styled(
  run: Run,
  moment: Moment,
  wall: number,
  dateStyle: 'short' | 'medium' | 'long' | 'full',
  locale: string,
): string {
  run.spend(1_500);
  const time = moment.kind === 'date' ? {} : { timeStyle: 'short' as const };
  return new Intl.DateTimeFormat(locale, { dateStyle, ...time, timeZone: 'UTC' })
    .format(wall)
    .replaceAll('\u202f', ' ');
}

const digits: Readonly<Record<string, readonly [keyof Fields, string]>> = {
  yyyy: ['year', '\\d{4}'],
  yy: ['year', '\\d{2}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  hh: ['hour', '\\d{2}'],
  h: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  m: ['minute', '\\d{1,2}'],
  ss: ['second', '\\d{2}'],
  s: ['second', '\\d{1,2}'],
  SSS: ['millisecond', '\\d{3}'],
};

/** Reads text by a pattern of digits. The result is a day, or a wall clock time when the pattern has an hour. */
function readByPattern(run: Run, text: string, pattern: string): Moment | undefined {
  const fields: Record<keyof Fields, number> = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  };
  let rest = text.trim();
  let half: string | undefined;
  let hasTime = false;
  for (const { kind, value } of piecesOf(run, pattern)) {
    const [field, wanted] = digits[value] ?? [];
    const expected = kind === 'text' ? literal(value) : value === 'a' ? '[AaPp][Mm]' : wanted;
    if (expected === undefined)
      throw run.error('expression.bad-date-pattern', 'parseDate() reads digits and AM/PM only.');
    const found = new RegExp(`^${expected}`).exec(rest)?.[0];
    if (found === undefined) return undefined;
    rest = rest.slice(found.length);
    if (value === 'a' && kind === 'token') half = found.toLowerCase();
    if (field !== undefined && kind === 'token') fields[field] = value === 'yy' ? 2000 + Number(found) : Number(found);
    hasTime ||= field === 'hour' && kind === 'token';
  }
  if (half !== undefined) fields.hour = (fields.hour % 12) + (half === 'pm' ? 12 : 0);
  const ms = rest === '' ? msOfFields(fields) : undefined;
  return ms === undefined ? undefined : { kind: hasTime ? 'local' : 'date', ms };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function parseDate(run: Run, [value, pattern, zone]: readonly unknown[]): string | null {
  if (typeof value === 'number') return momentText(run, momentOf(run, value));
  const text = textOf(run, value);
  const moment =
    pattern === undefined || pattern === null
      ? parseMoment(text)
      : readByPattern(run, text, textOf(run, pattern).slice(0, 100));
  if (moment === undefined || zone === undefined || moment.kind !== 'local') return momentText(run, moment);
  return dateText(run, 'instant', instantOfWall(run, moment.ms, zoneOf(run, zone)));
}

function momentText(run: Run, moment: Moment | undefined): string | null {
  if (moment === undefined) return null;
  run.spend(4);
  return writeMoment(moment);
}

/** Functions between dates and the texts that people read and write. */
export const dateTextFunctions: FunctionFamily = {
  formatDate: onDate(1, 4, formatDate),
  parseDate: entry(1, 3, parseDate),
};
