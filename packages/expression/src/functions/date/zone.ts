import type { Run } from '../../evaluate/run.ts';
import { textOf } from '../arguments.ts';
import type { Moment } from './moment.ts';
import { isTimeZone, zoneOffset } from './zone-clock.ts';

/** The IANA zone of an optional argument, else that of the evaluation. */
export function zoneOf(run: Run, value: unknown): string {
  const zone = value === undefined || value === null ? run.timeZone : textOf(run, value);
  if (isTimeZone(zone)) return zone;
  throw run.error(
    'expression.unknown-zone',
    'There is no such time zone.',
    'Use a name such as "Europe/Berlin" or "UTC".',
  );
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(run: Run, zone: string, ms: number): number {
  if (zone === 'UTC') return 0;
  run.spend(100);
  return zoneOffset(zone, ms);
}

/** What the clocks of a zone show, in milliseconds on the calendar. Days and local times are that already. */
export function wallOf(run: Run, moment: Moment, zone: string): number {
  return moment.kind === 'instant' ? moment.ms + offsetAt(run, zone, moment.ms) : moment.ms;
}

/**
 * The instant at which the clocks of a zone show `wall`. A time that occurs twice means its first
 * occurrence; one that clocks skip is as far after the gap as it is after its start.
 */
export function instantOfWall(run: Run, wall: number, zone: string): number {
  const before = offsetAt(run, zone, wall - 86_400_000);
  const after = offsetAt(run, zone, wall + 86_400_000);
  if (offsetAt(run, zone, wall - before) === before) return wall - before;
  if (offsetAt(run, zone, wall - after) === after) return wall - after;
  return wall - before;
}

/** The instant of a moment; days begin at midnight in the zone. */
export function instantOf(run: Run, moment: Moment, zone: string): number {
  return moment.kind === 'instant' ? moment.ms : instantOfWall(run, moment.ms, zone);
}
