import { missedTicks, nextTick, type MissedTicks, type Schedule } from '@fettle/flow';

/** Ticks as seen at one time. */
export interface TicksAt {
  /** Those since a time, in milliseconds since 1970. */
  missed(schedule: Schedule, since: number): MissedTicks;
  /** The next one; null when there is none. */
  next(schedule: Schedule): number | null;
}

/**
 * Sees ticks at a time. Many schedules that are due together say the same ("every hour"): a tick that was worked out for one
 * is that of all.
 */
export function createTicksAt(now: number): TicksAt {
  const missed = new Map<Schedule, Map<number, MissedTicks>>();
  const next = new Map<Schedule, number | null>();
  return {
    missed(schedule, since) {
      const known = missed.get(schedule) ?? new Map<number, MissedTicks>();
      missed.set(schedule, known);
      const found = known.get(since) ?? missedTicks(schedule, since, now);
      known.set(since, found);
      return found;
    },
    next(schedule) {
      const known = next.get(schedule);
      if (known !== undefined) return known;
      const found = nextTick(schedule, now) ?? null;
      next.set(schedule, found);
      return found;
    },
  };
}
