import type { Run } from '../../evaluate/run.ts';
import { textOf } from '../arguments.ts';
import { daysInMonth, fieldsOf, msOfFields } from './moment.ts';

export type Unit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Lengths of the units that always last the same on the clock or the calendar. */
export const unitLength: Readonly<Record<Exclude<Unit, 'month' | 'quarter' | 'year'>, number>> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

const months: Readonly<Partial<Record<Unit, number>>> = { month: 1, quarter: 3, year: 12 };

/** The unit that a text names, singular or plural. */
export function unitOf(run: Run, value: unknown): Unit {
  const name = textOf(run, value).toLowerCase().replace(/s$/, '');
  if (Object.hasOwn(unitLength, name) || Object.hasOwn(months, name)) return name as Unit;
  throw run.error(
    'expression.unknown-unit',
    'There is no such unit of time.',
    'Use second, minute, hour, day, week, month, quarter or year.',
  );
}

/** True for units that are added on the clock (an hour is an hour), not on the calendar. */
export function isClockUnit(unit: Unit): boolean {
  return unit === 'millisecond' || unit === 'second' || unit === 'minute' || unit === 'hour';
}

/** Moves on the calendar. A month later is the same day, or the last one that the month has. */
export function addToWall(wall: number, amount: number, unit: Unit): number {
  const perUnit = months[unit];
  if (perUnit === undefined) return wall + amount * unitLength[unit as keyof typeof unitLength];
  const fields = fieldsOf(wall);
  const total = fields.year * 12 + fields.month - 1 + Math.trunc(amount) * perUnit;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return msOfFields({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) }) ?? wall;
}

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 };

/** Where the unit around a wall clock time begins; weeks begin on Monday. */
export function startOfWall(wall: number, unit: Unit): number {
  if (isClockUnit(unit) || unit === 'day') {
    const length = unitLength[unit as keyof typeof unitLength];
    return Math.floor(wall / length) * length;
  }
  const fields = { ...fieldsOf(wall), ...midnight };
  if (unit === 'week') return startOfWall(wall, 'day') - (weekdayOf(wall) - 1) * unitLength.day;
  if (unit === 'month') return msOfFields({ ...fields, day: 1 }) ?? wall;
  const month = unit === 'year' ? 1 : Math.floor((fields.month - 1) / 3) * 3 + 1;
  return msOfFields({ ...fields, month, day: 1 }) ?? wall;
}

/** Whole units from one wall clock time to another, cut towards zero. */
export function wallDifference(from: number, to: number, unit: Unit): number {
  const perUnit = months[unit];
  if (perUnit === undefined) return Math.trunc((to - from) / unitLength[unit as keyof typeof unitLength]) + 0;
  const a = fieldsOf(from);
  const b = fieldsOf(to);
  const guess = (b.year - a.year) * 12 + b.month - a.month;
  const reached = addToWall(from, guess, 'month');
  const isOver = guess > 0 ? reached > to : guess < 0 && reached < to;
  return Math.trunc((isOver ? guess - Math.sign(guess) : guess) / perUnit) + 0;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(wall: number): number {
  return new Date(wall).getUTCDay() || 7;
}

/** The day of the year from 1. */
export function dayOfYear(wall: number): number {
  return Math.floor((wall - startOfWall(wall, 'year')) / unitLength.day) + 1;
}

/** The ISO 8601 week and the year that it belongs to: week 1 holds the first Thursday. */
export function isoWeekOf(wall: number): { readonly week: number; readonly year: number } {
  const thursday = wall + (4 - weekdayOf(wall)) * unitLength.day;
  return { week: Math.ceil(dayOfYear(thursday) / 7), year: fieldsOf(thursday).year };
}
