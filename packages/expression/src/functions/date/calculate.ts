import type { Run } from '../../evaluate/run.ts';
import { integerOf, isNothing, listOf, numberOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { dateText, momentOf } from './arguments.ts';
import { fieldsOf, msOfFields } from './moment.ts';
import type { Moment } from './moment.ts';
import { addToWall, isClockUnit, startOfWall, unitOf, wallDifference, weekdayOf } from './units.ts';
import type { Unit } from './units.ts';
import { instantOf, instantOfWall, wallOf, zoneOf } from './zone.ts';

/** A function of a date; nothing gives nothing. */
export function onDate(
  least: number,
  most: number,
  apply: (run: Run, moment: Moment, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(least, most, (run, args) => {
    const moment = momentOf(run, args[0]);
    return moment === undefined ? undefined : apply(run, moment, args);
  });
}

/** The text of a wall clock time, of the kind that `moment` is. */
function fromWall(run: Run, moment: Moment, wall: number, zone: string): string {
  return dateText(run, moment.kind, moment.kind === 'instant' ? instantOfWall(run, wall, zone) : wall);
}

function add(run: Run, moment: Moment, amount: number, unit: Unit, zone: string): string {
  if (!Number.isFinite(amount)) throw run.error('expression.number-expected', 'A finite number is expected here.');
  const bounded = Math.max(-1e12, Math.min(1e12, amount));
  if (!isClockUnit(unit))
    return fromWall(run, moment, addToWall(wallOf(run, moment, zone), Math.trunc(bounded), unit), zone);
  // Hours after a day: the day's midnight, as a wall clock time.
  const kind = moment.kind === 'date' ? 'local' : moment.kind;
  return dateText(run, kind, Math.round(addToWall(moment.ms, bounded, unit)));
}

function adding(unit: Unit): FunctionEntry {
  return onDate(2, 3, (run, moment, [, amount, zone]) =>
    add(run, moment, numberOf(run, amount), unit, zoneOf(run, zone)),
  );
}

function startOf(run: Run, moment: Moment, unit: Unit, zone: string): string {
  return fromWall(run, moment, startOfWall(wallOf(run, moment, zone), unit), zone);
}

/** The last day for calendar days; otherwise the last millisecond. */
function endOf(run: Run, moment: Moment, unit: Unit, zone: string): string {
  const start = startOfWall(wallOf(run, moment, zone), unit);
  const next = addToWall(start, 1, unit);
  if (moment.kind === 'date') return dateText(run, 'date', isClockUnit(unit) ? moment.ms : next - 86_400_000);
  return dateText(run, moment.kind, (moment.kind === 'instant' ? instantOfWall(run, next, zone) : next) - 1);
}

/** Whole units from one date to another. Clock units count real time, the others days on the calendar. */
export function difference(run: Run, from: Moment, to: Moment, unit: Unit, zone: string): number {
  if (!isClockUnit(unit)) return wallDifference(wallOf(run, from, zone), wallOf(run, to, zone), unit);
  return wallDifference(instantOf(run, from, zone), instantOf(run, to, zone), unit);
}

function comparing(test: (a: number, b: number) => boolean): FunctionEntry {
  return onDate(2, 3, (run, a, args) => {
    const b = momentOf(run, args[1]);
    const zone = zoneOf(run, args[2]);
    return b === undefined ? undefined : test(instantOf(run, a, zone), instantOf(run, b, zone));
  });
}

function addWorkdays(run: Run, moment: Moment, args: readonly unknown[]): string {
  const zone = zoneOf(run, args[2]);
  const count = integerOf(run, args[1], -10_000, 10_000);
  let wall = wallOf(run, moment, zone);
  for (let left = Math.abs(count); left > 0;) {
    run.spend(1);
    wall += Math.sign(count) * 86_400_000;
    if (weekdayOf(wall) <= 5) left -= 1;
  }
  return fromWall(run, moment, wall, zone);
}

function workdaysBetween(run: Run, from: number, to: number): number {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const days = Math.round((startOfWall(high, 'day') - startOfWall(low, 'day')) / 86_400_000);
  let count = Math.floor(days / 7) * 5;
  for (let index = 0; index < days % 7; index += 1) if (weekdayOf(low + index * 86_400_000) <= 5) count += 1;
  run.spend(8);
  return from <= to ? count : -count + 0;
}

function extreme(run: Run, args: readonly unknown[], sign: 1 | -1): unknown {
  let best: { readonly text: unknown; readonly ms: number } | undefined;
  const zone = zoneOf(run, undefined);
  for (const text of args.flatMap((arg) => (Array.isArray(arg) ? listOf(run, arg) : [arg]))) {
    const moment = momentOf(run, text);
    if (moment === undefined) continue;
    const ms = instantOf(run, moment, zone);
    if (best === undefined || sign * (ms - best.ms) > 0) best = { text, ms };
  }
  return best?.text;
}

function dateRange(run: Run, from: Moment, args: readonly unknown[]): string[] | undefined {
  const to = momentOf(run, args[1]);
  if (to === undefined) return undefined;
  const unit = isNothing(args[2]) ? 'day' : unitOf(run, args[2]);
  const zone = zoneOf(run, undefined);
  const count = difference(run, from, to, unit, zone) + 1;
  run.allowList(count);
  return Array.from({ length: Math.max(0, count) }, (_, index) => add(run, from, index, unit, zone));
}

function age(run: Run, born: Moment, args: readonly unknown[]): number {
  const zone = zoneOf(run, undefined);
  return difference(run, born, momentOf(run, args[1]) ?? { kind: 'instant', ms: run.now() }, 'year', zone);
}

function makeDate(run: Run, args: readonly unknown[]): string {
  const [year, month, day, hour, minute, second] = args;
  const field = (value: unknown, most: number, fallback: number): number =>
    isNothing(value) ? fallback : integerOf(run, value, 0, most);
  const ms = msOfFields({
    year: field(year, 9999, 1970),
    month: field(month, 12, 1),
    day: field(day, 31, 1),
    hour: field(hour, 23, 0),
    minute: field(minute, 59, 0),
    second: field(second, 59, 0),
    millisecond: 0,
  });
  if (ms === undefined) throw run.error('expression.bad-argument', 'There is no such day.');
  return dateText(run, hour === undefined ? 'date' : 'local', ms);
}

/** Functions that calculate with dates. */
export const dateCalculations: FunctionFamily = {
  now: entry(0, 0, (run) => dateText(run, 'instant', run.now())),
  today: entry(0, 1, (run, [zone]) =>
    dateText(run, 'date', startOfWall(wallOf(run, { kind: 'instant', ms: run.now() }, zoneOf(run, zone)), 'day')),
  ),
  makeDate: entry(3, 6, makeDate),
  addSeconds: adding('second'),
  addMinutes: adding('minute'),
  addHours: adding('hour'),
  addDays: adding('day'),
  addWeeks: adding('week'),
  addMonths: adding('month'),
  addYears: adding('year'),
  addWorkdays: onDate(2, 3, addWorkdays),
  workdaysBetween: onDate(2, 3, (run, from, args) => {
    const to = momentOf(run, args[1]);
    const zone = zoneOf(run, args[2]);
    return to === undefined ? undefined : workdaysBetween(run, wallOf(run, from, zone), wallOf(run, to, zone));
  }),
  startOf: onDate(2, 3, (run, moment, [, unit, zone]) => startOf(run, moment, unitOf(run, unit), zoneOf(run, zone))),
  endOf: onDate(2, 3, (run, moment, [, unit, zone]) => endOf(run, moment, unitOf(run, unit), zoneOf(run, zone))),
  diff: onDate(2, 4, (run, from, args) => {
    const to = momentOf(run, args[1]);
    return to === undefined
      ? undefined
      : difference(run, from, to, isNothing(args[2]) ? 'day' : unitOf(run, args[2]), zoneOf(run, args[3]));
  }),
  isBefore: comparing((a, b) => a < b),
  isAfter: comparing((a, b) => a > b),
  isSame: onDate(2, 4, (run, a, args) => {
    const b = momentOf(run, args[1]);
    const unit = isNothing(args[2]) ? 'day' : unitOf(run, args[2]);
    const zone = zoneOf(run, args[3]);
    return b === undefined
      ? undefined
      : startOfWall(wallOf(run, a, zone), unit) === startOfWall(wallOf(run, b, zone), unit);
  }),
  earliest: entry(1, 50, (run, args) => extreme(run, args, -1)),
  latest: entry(1, 50, (run, args) => extreme(run, args, 1)),
  dateRange: onDate(2, 3, dateRange),
  age: onDate(1, 2, age),
  daysInMonth: onDate(1, 1, (run, moment) => {
    const { year, month } = fieldsOf(wallOf(run, moment, zoneOf(run, undefined)));
    return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  }),
};
