import type { Row, TableDescription } from '@fettle/sdk';
import type { Filter } from '../inputs/filter-types.ts';
import { formatValue } from '../format-value.ts';
import { rowIdentity } from '../row-identity.ts';
import { tones, type Tone } from '../setting-kinds.ts';
import { perRow, textOf } from '../text-of.ts';
import { addDays, dayOf, timeOf, type Day } from './days.ts';

/** A row as the calendar shows it. */
export interface CalendarEntry {
  readonly key: string;
  readonly item: Row;
  readonly index: number;
  readonly start: Day;
  readonly end: Day;
  /** Time of day at which it begins, in words; empty for days as a whole. */
  readonly time: string;
  readonly title: string;
  readonly description: string;
  readonly tone: Tone;
}

/** What of the settings makes entries of rows. */
export interface EntrySettings {
  readonly startColumn?: string | undefined;
  readonly endColumn?: string | undefined;
  readonly itemTitle?: unknown;
  readonly itemDescription?: unknown;
  readonly itemTone?: unknown;
}

interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

/** Rows as entries, the earliest first. Rows without a first day are left out. */
export function entriesOf(
  rows: readonly Row[],
  settings: EntrySettings,
  place: Place & { readonly table: TableDescription | undefined },
): readonly CalendarEntry[] {
  const { startColumn, endColumn } = settings;
  if (startColumn === undefined || startColumn === '') return [];
  const entries = rows.flatMap((item, index): CalendarEntry[] => {
    const start = dayOf(item[startColumn], place.timeZone);
    if (start === undefined) return [];
    const end = endColumn === undefined ? undefined : dayOf(item[endColumn], place.timeZone);
    const scope = { item, index };
    const label = place.table?.labelColumn ?? Object.keys(item)[0] ?? '';
    const title = settings.itemTitle === undefined ? item[label] : perRow(settings.itemTitle, scope);
    return [
      {
        key: rowIdentity(place.table, item, index),
        item,
        index,
        start,
        end: end === undefined || end < start ? start : end,
        time: timeOf(item[startColumn], place),
        title: formatValue(title, place) || '–',
        description: formatValue(perRow(settings.itemDescription, scope), place),
        tone: toneOf(perRow(settings.itemTone, scope)),
      },
    ];
  });
  return entries.toSorted((a, b) => compare(a.start, b.start) || compare(b.end, a.end) || a.index - b.index);
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

function toneOf(value: unknown): Tone {
  const name = textOf(value);
  return (tones as readonly string[]).includes(name) ? (name as Tone) : 'accent';
}

/** The entries that touch some days. */
export function entriesWithin(entries: readonly CalendarEntry[], first: Day, last: Day): readonly CalendarEntry[] {
  return entries.filter((entry) => entry.start <= last && entry.end >= first);
}

/** An entry as a bar over some days of one week. */
export interface Bar {
  readonly entry: CalendarEntry;
  /** Index of its first day in the week, and how many days it covers there. */
  readonly from: number;
  readonly length: number;
  /** Line in which it stands, from 0. */
  readonly lane: number;
}

/** Places the entries of a week in lines so that none lies over another. */
export function barsOfWeek(entries: readonly CalendarEntry[], week: readonly Day[]): readonly Bar[] {
  const first = week[0] as Day;
  const last = week.at(-1) as Day;
  const taken: boolean[][] = [];
  return entriesWithin(entries, first, last).map((entry) => {
    const from = entry.start < first ? 0 : week.indexOf(entry.start);
    const to = entry.end > last ? week.length - 1 : week.indexOf(entry.end);
    let lane = 0;
    while (taken[lane]?.slice(from, to + 1).some(Boolean) === true) lane += 1;
    const line = (taken[lane] ??= []);
    for (let day = from; day <= to; day += 1) line[day] = true;
    return { entry, from, length: to - from + 1, lane };
  });
}

/**
 * Filter for rows that touch the days. Times are given a day more on both sides: which day an instant belongs to
 * depends on the time zone, and is decided when the rows are there.
 */
export function daysFilter(
  columns: { readonly start: string; readonly end: string | undefined },
  days: { readonly first: Day; readonly last: Day },
  table: TableDescription | undefined,
): Filter {
  const typeOf = (name: string) => table?.columns.find((column) => column.name === name)?.type;
  const value = (name: string, day: Day, shift: number) => {
    const type = typeOf(name);
    if (type === 'timestamp') return `${addDays(day, shift)}T00:00:00.000Z`;
    return type === 'datetime' ? `${addDays(day, shift)}T00:00:00` : day;
  };
  const begins = (operator: 'lessOrEqual' | 'greaterOrEqual', day: Day, shift: number) => ({
    column: columns.start,
    operator,
    value: value(columns.start, day, shift),
  });
  const { end } = columns;
  const startsInTime = begins('lessOrEqual', days.last, 2);
  const startsLateEnough = begins('greaterOrEqual', days.first, -1);
  if (end === undefined || end === '') return { and: [startsInTime, startsLateEnough] };
  return {
    and: [
      startsInTime,
      { or: [{ column: end, operator: 'greaterOrEqual', value: value(end, days.first, -1) }, startsLateEnough] },
    ],
  };
}
