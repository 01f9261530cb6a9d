import type { Schedule } from './schedule.ts';
import { instantsOf, jumpOver, offsetAt, wallAt } from './zone.ts';

const dayMs = 86_400_000;
/** A jump of clocks longer than this skips a day of the calendar: what would have been on it is not made up for. */
const longestGapMs = 3 * 3_600_000;
/** How many excluded or missing ticks are passed over before a schedule counts as never firing again. */
const maxPassed = 20_000;

/**
 * The first tick after an instant, undefined when there is none. Where clocks jump forward, a job at a fixed time inside
 * the gap fires once at the jump; where an hour comes twice, it fires the first time only. Jobs that run every so often
 * (`*`, steps or ranges of hours) go by the time that really passes: nothing in the gap, both hours of the fold.
 */
export function nextTick(schedule: Schedule, after: number): number | undefined {
  let from = Math.max(after, (schedule.start ?? Number.NEGATIVE_INFINITY) - 1);
  for (let passed = 0; passed < maxPassed; passed += 1) {
    const tick = schedule.kind === 'interval' ? nextOfInterval(schedule, from) : nextOfCron(schedule, from);
    if (tick === undefined || (schedule.end !== undefined && tick > schedule.end)) return undefined;
    const free = freeFrom(schedule, tick);
    if (free === undefined) return tick;
    from = free;
  }
  return undefined;
}

/** Ticks after `from` up to and with `to`, oldest first, `limit` at most. */
export function ticksBetween(schedule: Schedule, from: number, to: number, limit: number): readonly number[] {
  const ticks: number[] = [];
  for (let tick = nextTick(schedule, from); tick !== undefined && tick <= to && ticks.length < limit;) {
    ticks.push(tick);
    tick = nextTick(schedule, tick);
  }
  return ticks;
}

/**
 * The ticks to make up for when a schedule was last looked at at `last` and it is `now`: by its catch-up policy, `limit`
 * at most, the latest of them kept. A tick of this very moment is no missed one and always among them.
 */
export function missedTicks(schedule: Schedule, last: number, now: number, limit = 1000): readonly number[] {
  const missed: number[] = [];
  for (let tick = nextTick(schedule, last); tick !== undefined && tick <= now; tick = nextTick(schedule, tick)) {
    missed.push(tick);
    if (missed.length > limit) missed.shift();
  }
  if (schedule.catchUp === 'all') return missed;
  const latest = missed.slice(-1);
  return schedule.catchUp === 'latest' ? latest : latest.filter((tick) => tick === now);
}

function nextOfInterval({ everyMs, anchor }: Extract<Schedule, { kind: 'interval' }>, after: number): number {
  return anchor + (Math.floor((after - anchor) / everyMs) + 1) * everyMs;
}

function nextOfCron(schedule: Extract<Schedule, { kind: 'cron' }>, after: number): number | undefined {
  const { timeZone, walls } = schedule;
  const wall = wallAt(after, timeZone);
  const offset = offsetAt(after, timeZone);
  const isQuiet = offset === offsetAt(after - dayMs, timeZone) && offset === offsetAt(after + dayMs, timeZone);
  // Near a change of clocks, wall times before this one may still come again.
  let from = isQuiet
    ? wall
    : wall - 2 * Math.abs(offsetAt(after + dayMs, timeZone) - offsetAt(after - dayMs, timeZone));
  let best: number | undefined;
  for (let passed = 0; passed < maxPassed; passed += 1) {
    const next = walls.nextRun(new Date(from))?.getTime();
    if (next === undefined) return best;
    const instants = instantsFor(schedule, next).filter((instant) => instant > after);
    for (const instant of instants) best = best === undefined ? instant : Math.min(best, instant);
    // Once walls are past any that could come before the best one, it is the next.
    if (best !== undefined && (isQuiet || next > wallAt(best, timeZone) + longestGapMs)) return best;
    if (best !== undefined && next - wall > 2 * dayMs) return best;
    from = next;
  }
  return best;
}

function instantsFor({ timeZone, isFixedTime }: Extract<Schedule, { kind: 'cron' }>, wall: number): readonly number[] {
  const instants = instantsOf(wall, timeZone);
  if (instants.length > 0) return isFixedTime ? instants.slice(0, 1) : instants;
  if (!isFixedTime) return [];
  const { instant, length } = jumpOver(wall, timeZone);
  return length > longestGapMs ? [] : [instant];
}

/** Where to look on when a tick is excluded: just before the next local day. Undefined when it is not. */
function freeFrom({ exclusions, timeZone }: Schedule, tick: number): number | undefined {
  if (exclusions.dates.size === 0 && exclusions.weekdays.size === 0) return undefined;
  const wall = wallAt(tick, timeZone);
  const day = new Date(wall);
  const isExcluded = exclusions.dates.has(day.toISOString().slice(0, 10)) || exclusions.weekdays.has(day.getUTCDay());
  if (!isExcluded) return undefined;
  const midnight = (Math.floor(wall / dayMs) + 1) * dayMs;
  const [next = jumpOver(midnight, timeZone).instant] = instantsOf(midnight, timeZone);
  return Math.max(tick, next - 1);
}
