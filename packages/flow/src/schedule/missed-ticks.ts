import type { Schedule } from './schedule.ts';
import { lastTick, nextTick, ticksBetween } from './ticks.ts';

/** A tick this much later than its time, in milliseconds, is still on time: a server was busy or another took over. */
export const onTimeMs = 10_000;

/** What is to be made of the ticks between two looks at a schedule. */
export interface MissedTicks {
  /** The ticks to make now, oldest first. */
  readonly ticks: readonly number[];
  /** With `all`: ticks beyond the limit, which nobody makes up for. `from` is the first, `to` the last of them. */
  readonly dropped?: { readonly from: number; readonly to: number };
}

/** How to look. */
export interface MissedTicksOptions {
  /** How late a tick may be without counting as missed, in milliseconds. Default {@link onTimeMs}. */
  readonly toleranceMs?: number;
}

/**
 * The ticks to make when a schedule was last looked at at `last` and it is `now`. Those of the last moments are on time
 * and all made. Older ones were missed: `skip` makes none of them, `latest` the last one unless one on time stands for
 * it, `all` as many as the schedule's limit allows, the latest. Takes the same time however long ago `last` is.
 */
export function missedTicks(
  schedule: Schedule,
  last: number,
  now: number,
  { toleranceMs = onTimeMs }: MissedTicksOptions = {},
): MissedTicks {
  const border = Math.max(last, now - toleranceMs - 1);
  const onTime = ticksBetween(schedule, border, now, Number.POSITIVE_INFINITY);
  if (border === last || schedule.catchUp === 'skip') return { ticks: onTime };
  if (schedule.catchUp === 'all') return makeUpForAll(schedule, { last, border, onTime });
  if (onTime.length > 0) return { ticks: onTime };
  const latest = lastTick(schedule, border + 1, { floor: last });
  return { ticks: latest === undefined ? [] : [latest] };
}

function makeUpForAll(
  schedule: Schedule,
  { last, border, onTime }: { readonly last: number; readonly border: number; readonly onTime: readonly number[] },
): MissedTicks {
  const missed: number[] = [];
  const before = (time: number, step?: number): number | undefined =>
    lastTick(schedule, time, { floor: last, ...(step === undefined ? {} : { step }) });
  let tick = before(border + 1);
  while (tick !== undefined && missed.length < schedule.catchUpLimit) {
    missed.push(tick);
    const newer = missed.at(-2);
    tick = before(tick, newer === undefined ? undefined : newer - tick);
  }
  const ticks = [...missed.reverse(), ...onTime];
  if (tick === undefined) return { ticks };
  return { ticks, dropped: { from: nextTick(schedule, last) ?? tick, to: tick } };
}
