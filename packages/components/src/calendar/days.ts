/** A day as `YYYY-MM-DD`. It belongs to no time zone. */
export type Day = string;

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})/;
const zonePattern = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

const toDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** True for a text that names a day of the calendar. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || value.length !== 10 || !dayPattern.test(value)) return false;
  const date = toDate(value);
  // Days that a month lacks would quietly become days of the next one.
  return !Number.isNaN(+date) && toDay(date) === value;
}

/** A day some days later, or earlier. */
export function addDays(day: Day, count: number): Day {
  const date = toDate(day);
  date.setUTCDate(date.getUTCDate() + count);
  return toDay(date);
}

/** The same day some months later; a day that the month lacks becomes its last. */
export function addMonths(day: Day, count: number): Day {
  const date = toDate(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return toDay(date);
}

/** The first day of its month. */
export const startOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;

/** The last day of its month. */
export const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1);

/** Day of the week, 0 for Sunday to 6. */
export const weekdayOf = (day: Day): number => toDate(day).getUTCDay();

/** The weeks that hold a month, as lists of seven days. `weekStart`: 0 for Sunday, 1 for Monday. */
export function weeksOfMonth(day: Day, weekStart: number): readonly (readonly Day[])[] {
  const last = endOfMonth(day);
  const weeks: Day[][] = [];
  for (
    let first = addDays(startOfMonth(day), -((weekdayOf(startOfMonth(day)) - weekStart + 7) % 7));
    first <= last;
    first = addDays(first, 7)
  ) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(first, index)));
  }
  return weeks;
}

/** The day of a date, a local time or an instant, as the clocks of a time zone show it; undefined when it is none. */
export function dayOf(value: unknown, timeZone: string): Day | undefined {
  if (typeof value !== 'string' || !dayPattern.test(value)) return undefined;
  if (value.length === 10 || !zonePattern.test(value.slice(11))) {
    const day = value.slice(0, 10);
    return isDay(day) ? day : undefined;
  }
  const date = new Date(value);
  return Number.isNaN(+date) ? undefined : dayInZone(date, timeZone);
}

/** The day that an instant belongs to in a time zone. */
export function dayInZone(date: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const found = Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${found['year']?.padStart(4, '0')}-${found['month']}-${found['day']}`;
}

/** The time of day of a value that has one, as people there write it. */
export function timeOf(value: unknown, format: { readonly locale: string; readonly timeZone: string }): string {
  if (typeof value !== 'string' || value.length <= 10) return '';
  const isInstant = zonePattern.test(value.slice(11));
  const date = new Date(isInstant ? value : `${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(+date)) return '';
  const timeZone = isInstant ? format.timeZone : 'UTC';
  return new Intl.DateTimeFormat(format.locale, { timeStyle: 'short', timeZone }).format(date);
}

/** A day in words of a locale. */
export function formatDay(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(toDate(day));
}

/** On which day weeks begin where a locale is spoken: 0 for Sunday to 6. */
export function weekStartOf(choice: 'auto' | 'monday' | 'sunday', locale: string): number {
  if (choice !== 'auto') return choice === 'monday' ? 1 : 0;
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { readonly firstDay: number } };
  return (known.getWeekInfo?.().firstDay ?? 1) % 7;
}
