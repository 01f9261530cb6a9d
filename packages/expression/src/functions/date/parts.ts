import type { Run } from '../../evaluate/run.ts';
import { isNothing, numberOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { dateText, momentOf } from './arguments.ts';
import { onDate } from './calculate.ts';
import { fieldsOf, isLeapYear, writeMoment } from './moment.ts';
import { dayOfYear, isoWeekOf, startOfWall, weekdayOf } from './units.ts';
import { instantOf, instantOfWall, offsetAt, wallOf, zoneOf } from './zone.ts';

/** A part of what the clocks and calendars of a zone show. */
function part(read: (wall: number) => unknown): FunctionEntry {
  return onDate(1, 2, (run, moment, [, zone]) => read(wallOf(run, moment, zoneOf(run, zone))));
}

/** `+02:00` for an offset in milliseconds. */
export function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function inZone(run: Run, value: unknown, zone: string): string | undefined {
  const moment = momentOf(run, value);
  if (moment === undefined) return undefined;
  const instant = instantOf(run, moment, zone);
  const offset = offsetAt(run, zone, instant);
  return writeMoment({ kind: 'local', ms: instant + offset }) + offsetText(offset);
}

/** Functions that read parts of dates and change between zones. */
export const datePartFunctions: FunctionFamily = {
  year: part((wall) => fieldsOf(wall).year),
  quarter: part((wall) => Math.ceil(fieldsOf(wall).month / 3)),
  month: part((wall) => fieldsOf(wall).month),
  day: part((wall) => fieldsOf(wall).day),
  hour: part((wall) => fieldsOf(wall).hour),
  minute: part((wall) => fieldsOf(wall).minute),
  second: part((wall) => fieldsOf(wall).second),
  weekday: part(weekdayOf),
  isoWeek: part((wall) => isoWeekOf(wall).week),
  isoWeekYear: part((wall) => isoWeekOf(wall).year),
  dayOfYear: part(dayOfYear),
  isWeekend: part((wall) => weekdayOf(wall) > 5),
  isLeapYear: part((wall) => isLeapYear(fieldsOf(wall).year)),
  datePart: onDate(1, 2, (run, moment, [, zone]) =>
    dateText(run, 'date', startOfWall(wallOf(run, moment, zoneOf(run, zone)), 'day')),
  ),
  timePart: onDate(1, 2, (run, moment, [, zone]) =>
    dateText(run, 'local', wallOf(run, moment, zoneOf(run, zone))).slice(11, 19),
  ),
  inZone: entry(2, 2, (run, [value, zone]) => inZone(run, value, zoneOf(run, zone))),
  fromZone: onDate(2, 2, (run, moment, [, zone]) =>
    dateText(run, 'instant', moment.kind === 'instant' ? moment.ms : instantOfWall(run, moment.ms, zoneOf(run, zone))),
  ),
  toUnix: onDate(1, 2, (run, moment, [, zone]) => Math.floor(instantOf(run, moment, zoneOf(run, zone)) / 1000)),
  fromUnix: entry(1, 1, (run, [seconds]) =>
    isNothing(seconds) ? undefined : dateText(run, 'instant', Math.round(numberOf(run, seconds) * 1000)),
  ),
};
