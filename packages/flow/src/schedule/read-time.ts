import { instantsOf, jumpOver } from './zone.ts';

/** Notes a problem under the path of a setting. Answers undefined, for what could not be read. */
export type Complain = (path: string, message: string) => undefined;

/** How to read a time. */
export interface TimeReading {
  /** Times without an offset are what clocks in this zone show. */
  readonly timeZone: string;
  readonly complain: Complain;
  readonly path: string;
  /** Which instant is meant where several fit: a date alone is its first or last millisecond, a time that comes twice its first or second. */
  readonly edge: 'first' | 'last';
}

const dayMs = 86_400_000;
const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?\s*(Z|[+-]\d{2}:\d{2})?$/i;

/**
 * Milliseconds since 1970 of a time: `2030-01-31T09:00` in the zone of the schedule, `2030-01-31T09:00Z` or with an
 * offset, a date alone, or milliseconds. Undefined when nothing is given or, with a complaint, when it is no time.
 */
export function readTime(value: unknown, reading: TimeReading): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const time = typeof value === 'number' ? value : typeof value === 'string' ? readText(value, reading) : undefined;
  if (time !== undefined && Number.isSafeInteger(time) && Math.abs(time) < 8e15) return time;
  return reading.complain(reading.path, 'Give a time such as 2030-01-31T09:00, or 2030-01-31T09:00Z.');
}

function readText(text: string, { timeZone, edge }: TimeReading): number | undefined {
  const [, date = '', time, seconds = '00', fraction = '0', offset] = pattern.exec(text.trim()) ?? [];
  const midnight = readDate(date);
  if (midnight === undefined) return undefined;
  if (time === undefined) {
    if (offset !== undefined) return undefined;
    return edge === 'first' ? firstInstant(midnight, timeZone) : firstInstant(midnight + dayMs, timeZone) - 1;
  }
  const clock = readClock(`${time}:${seconds}`);
  if (clock === undefined) return undefined;
  const wall = midnight + clock + Number(fraction.padEnd(3, '0'));
  if (offset !== undefined) return wall - offsetOf(offset);
  const instants = instantsOf(wall, timeZone);
  return (edge === 'first' ? instants[0] : instants.at(-1)) ?? jumpOver(wall, timeZone).instant;
}

/** The first instant at which clocks show a wall time or, where it is skipped, the jump over it. */
export function firstInstant(wall: number, timeZone: string): number {
  return instantsOf(wall, timeZone)[0] ?? jumpOver(wall, timeZone).instant;
}

/** A date `YYYY-MM-DD` as milliseconds since 1970, as if in UTC. Undefined when the calendar has no such day. */
export function readDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  // The 30th of February would silently be the 2nd of March.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) ? time : undefined;
}

/** A time of day `HH:MM` or `HH:MM:SS` as milliseconds since midnight. Undefined when it is none. */
export function readClock(text: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
}

function offsetOf(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const [hours = 0, minutes = 0] = text.slice(1).split(':').map(Number);
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
