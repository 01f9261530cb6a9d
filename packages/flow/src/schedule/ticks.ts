import { endOfExclusion } from './exclusions.ts';
import type { CronSchedule, IntervalSchedule, Schedule } from './schedule.ts';
import { instantsOf, jumpOver, offsetAt, offsetChange, wallAt } from './zone.ts';

const dayMs = 86_400_000;
/** A jump of clocks longer than this skips a day of the calendar: what would have been on it is not made up for. */
const longestGapMs = 3 * 3_600_000;
/** How many exclusions are passed over before a schedule counts as never firing again: more than there can be in a row. */
const maxExclusions = 1500;
/** Wall times of a cron expression looked at around a change of clocks. */
const maxWalls = 20_000;

/**
 * The first tick after an instant, undefined when there is none. Where clocks jump forward, a job at listed hours
 * (`30 2`, `15 1,2,3`) inside the gap fires once at the jump; where an hour comes twice, it fires the first time only.
 * Jobs whose hours are a star, a step or a range (`0 * …`, `30 1-3 …`) run every so often and go by the time that really
 * passes: nothing in the gap, both hours of the fold.
 */
export function nextTick(schedule: Schedule, after: number): number | undefined {
  return nextTickUntil(schedule, after, schedule.end ?? Number.POSITIVE_INFINITY);
}

/** The first tick after an instant and not after another. Looks no further than that. */
function nextTickUntil(schedule: Schedule, after: number, until: number): number | undefined {
  const end = Math.min(until, schedule.end ?? until);
  let from = Math.max(after, (schedule.start ?? Number.NEGATIVE_INFINITY) - 1);
  for (let passed = 0; passed < maxExclusions; passed += 1) {
    const tick = schedule.kind === 'interval' ? nextOfInterval(schedule, from) : nextOfCron(schedule, from);
    if (tick === undefined || tick > end) return undefined;
    const free = freeFrom(schedule, tick);
    if (free === undefined) return tick;
    from = free;
  }
  return undefined;
}

/** Ticks after `from` up to and with `to`, oldest first, `limit` at most. */
export function ticksBetween(schedule: Schedule, from: number, to: number, limit: number): readonly number[] {
  const ticks: number[] = [];
  for (let tick = nextTickUntil(schedule, from, to); tick !== undefined && ticks.length < limit;) {
    ticks.push(tick);
    tick = nextTickUntil(schedule, tick, to);
  }
  return ticks;
}

/**
 * The last tick before an instant and after `floor`, undefined when there is none. Looks back as far as it must, in steps
 * that double, then halves its way: however long ago `floor` is, it asks for a few dozen ticks. `step` is how far to look
 * first, in milliseconds: with the distance of the ticks known, two or three questions do.
 */
export function lastTick(
  schedule: Schedule,
  before: number,
  { floor, step = 1000 }: { readonly floor: number; readonly step?: number },
): number | undefined {
  const tickAfter = (time: number): number | undefined => nextTickUntil(schedule, time, before - 1);
  let found: number | undefined;
  for (let back = step; found === undefined; back *= 2) {
    const from = Math.max(floor, before - back - 1);
    found = tickAfter(from);
    if (found === undefined && from === floor) return undefined;
  }
  for (let next = tickAfter(found), free = before; next !== undefined; next = tickAfter(found)) {
    found = next;
    // Halve the rest as long as there is a tick in its later half; `free` is where none follows any more.
    while (free - found > 1) {
      const middle = Math.floor((found + free) / 2);
      const tick = tickAfter(middle);
      if (tick === undefined) free = middle;
      else found = tick;
    }
  }
  return found;
}

function nextOfInterval({ everyMs, anchor }: IntervalSchedule, after: number): number {
  return anchor + (Math.floor((after - anchor) / everyMs) + 1) * everyMs;
}

function nextOfCron(schedule: CronSchedule, after: number): number | undefined {
  const { timeZone, walls } = schedule;
  const offset = offsetAt(after, timeZone);
  const wall = after + offset;
  const [before, later] = [offsetAt(after - dayMs, timeZone), offsetAt(after + dayMs, timeZone)];
  const isQuiet = offset === before && offset === later;
  // Near a change of clocks, wall times before this one may still come again.
  let from = isQuiet ? wall : wall - 2 * Math.abs(later - before);
  let best: number | undefined;
  for (let passed = 0; passed < maxWalls; passed += 1) {
    const next = walls.nextRun(new Date(from))?.getTime();
    if (next === undefined) return best;
    // Before the next day is over, nothing changes: the wall time is its instant.
    if (isQuiet && next < wall + dayMs / 2) return next - offset;
    const instants = instantsFor(schedule, next).filter((instant) => instant > after);
    for (const instant of instants) best = best === undefined ? instant : Math.min(best, instant);
    // Once walls are past any that could come before the best one, it is the next.
    if (best !== undefined && (isQuiet || next > wallAt(best, timeZone) + longestGapMs)) return best;
    if (best !== undefined && next - wall > 2 * dayMs) return best;
    from = next;
  }
  return best;
}

function instantsFor({ timeZone, isFixedTime }: CronSchedule, wall: number): readonly number[] {
  const instants = instantsOf(wall, timeZone);
  if (instants.length > 0) return isFixedTime ? instants.slice(0, 1) : instants;
  if (!isFixedTime) return [];
  const { instant, length } = jumpOver(wall, timeZone);
  return length > longestGapMs ? [] : [instant];
}

/** Where to look on when a tick is excluded: just before the exclusion ends. Undefined when it is not. */
function freeFrom({ exclusions, timeZone }: Schedule, tick: number): number | undefined {
  const end = endOfExclusion(exclusions, wallAt(tick, timeZone));
  if (end === undefined) return undefined;
  const free = instantsOf(end, timeZone).find((instant) => instant > tick) ?? jumpOver(end, timeZone).instant;
  // Clocks set back soon after may show a time before the exclusion again, at which it does fire.
  const change = offsetChange(tick, Math.min(free, tick + dayMs), timeZone);
  return Math.max(tick, Math.min(free, change ?? free) - 1);
}
