import { readClock, readDate, type Complain } from './read-time.ts';

/** Days that are left out, from midnight to midnight: milliseconds since 1970 of wall times, as if in UTC. */
export interface DayRange {
  readonly from: number;
  /** The midnight after the last day. */
  readonly to: number;
}

/** A part of every day that is left out, in milliseconds since midnight. */
export interface ClockRange {
  readonly from: number;
  /** The first moment that is not left out any more. Before `from` when the range spans midnight. */
  readonly to: number;
}

/** Local days and times at which nothing fires. */
export interface Exclusions {
  readonly days: readonly DayRange[];
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  readonly times: readonly ClockRange[];
}

/** Short names of weekdays, as in cron expressions; their place is their number. */
export const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const dayMs = 86_400_000;
const maxEntries = 1000;

/**
 * Reads `excludeDates` (`2030-12-24`, or `2030-12-24/2031-01-01` with both ends), `excludeWeekdays` (0 to 6 from Sunday,
 * or `sun` to `sat`) and `excludeTimes` (`22:00-06:00`, the end not among them).
 */
export function readExclusions(input: Readonly<Record<string, unknown>>, complain: Complain): Exclusions {
  const list = <T>(name: string, expected: string, read: (entry: unknown) => T | undefined): readonly T[] => {
    const given = input[name] ?? [];
    if (!Array.isArray(given) || given.length > maxEntries) {
      complain(`/${name}`, `Give a list of ${maxEntries} entries at most: ${expected}.`);
      return [];
    }
    return given.flatMap((entry, index) => {
      const value = read(entry);
      if (value !== undefined) return [value];
      const shown = typeof entry === 'string' || typeof entry === 'number' ? `"${entry}"` : 'This';
      complain(`/${name}/${index}`, `${shown} is not one of: ${expected}.`);
      return [];
    });
  };
  return {
    days: list('excludeDates', 'dates such as 2030-12-24, ranges such as 2030-12-24/2031-01-01', readDays),
    weekdays: new Set(
      list('excludeWeekdays', `weekdays: ${weekdayNames.join(', ')}, or 0 to 6 from Sunday`, readWeekday),
    ),
    times: list('excludeTimes', 'times of day such as 22:00-06:00', readTimes),
  };
}

function readDays(entry: unknown): DayRange | undefined {
  if (typeof entry !== 'string') return undefined;
  const [first = '', last = first, ...more] = entry.split('/').map((part) => part.trim());
  const from = readDate(first);
  const to = readDate(last);
  if (from === undefined || to === undefined || to < from || more.length > 0) return undefined;
  return { from, to: to + dayMs };
}

function readWeekday(entry: unknown): number | undefined {
  const number = typeof entry === 'string' ? weekdayNames.indexOf(entry as (typeof weekdayNames)[number]) : entry;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 6 ? number : undefined;
}

function readTimes(entry: unknown): ClockRange | undefined {
  if (typeof entry !== 'string') return undefined;
  const [first = '', last = '', ...more] = entry.split('-').map((part) => part.trim());
  const from = readClock(first);
  const to = last === '24:00' ? 0 : readClock(last);
  return from === undefined || to === undefined || from === to || more.length > 0 ? undefined : { from, to };
}

/** The wall time at which what leaves a wall time out is over. Undefined when nothing does. */
export function endOfExclusion({ days, weekdays, times }: Exclusions, wall: number): number | undefined {
  const range = days.find(({ from, to }) => wall >= from && wall < to);
  if (range !== undefined) return range.to;
  const midnight = Math.floor(wall / dayMs) * dayMs;
  if (weekdays.size > 0 && weekdays.has(new Date(wall).getUTCDay())) return midnight + dayMs;
  const clock = wall - midnight;
  for (const { from, to } of times) {
    if (from < to && clock >= from && clock < to) return midnight + to;
    if (from > to && clock >= from) return midnight + dayMs + to;
    if (from > to && clock < to) return midnight + to;
  }
  return undefined;
}
