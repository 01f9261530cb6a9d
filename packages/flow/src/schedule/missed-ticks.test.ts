import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test/cpu-time.ts';
import { missedTicks } from './missed-ticks.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { ticksBetween } from './ticks.ts';

/** Many examples on a machine that is busy otherwise. */
const unhurriedMs = 180_000;

function schedule(settings: object): Schedule {
  const parsed = parseSchedule(settings);
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error));
  return parsed.value;
}

const hour = 3_600_000;
const year = 365 * 24 * hour;
const from = Date.parse('2026-01-01T00:00:00Z');
const short = (ticks: readonly number[]) => ticks.map((tick) => new Date(tick).toISOString().slice(5, 19));

describe('ticks that were missed', () => {
  const hourly = (catchUp: string, more: object = {}) => schedule({ expression: '0 * * * *', catchUp, ...more });

  it('are made up for as told', () => {
    const missed = (catchUp: string) => short(missedTicks(hourly(catchUp), from, from + 3.5 * hour).ticks);
    expect(missed('all')).toEqual(['01-01T01:00:00', '01-01T02:00:00', '01-01T03:00:00']);
    expect(missed('latest')).toEqual(['01-01T03:00:00']);
    expect(missed('skip')).toEqual([]);
  });

  it('are none when they are but a moment late, however they are made up for', () => {
    for (const catchUp of ['skip', 'latest', 'all']) {
      for (const late of [0, 1, 700, 9_999, 10_000]) {
        const { ticks } = missedTicks(hourly(catchUp), from, from + hour + late);
        expect({ catchUp, late, ticks }).toEqual({ catchUp, late, ticks: [from + hour] });
      }
    }
    expect(missedTicks(hourly('skip'), from, from + hour + 10_001).ticks).toEqual([]);
    expect(missedTicks(hourly('skip'), from, from + hour + 700, { toleranceMs: 500 }).ticks).toEqual([]);
    // Every one of them is made, not the last alone: nobody was away.
    const secondly = schedule({ expression: '* * * * * *', catchUp: 'skip' });
    expect(missedTicks(secondly, from, from + 3_200).ticks).toHaveLength(3);
  });

  it('are not made up for when one on time stands for them', () => {
    expect(missedTicks(hourly('latest'), from, from + 5 * hour + 20).ticks).toEqual([from + 5 * hour]);
  });

  it('beyond the limit are named', () => {
    const { ticks, dropped } = missedTicks(hourly('all', { catchUpLimit: 3 }), from, from + 100.5 * hour);
    expect(ticks).toEqual([98, 99, 100].map((n) => from + n * hour));
    expect(dropped).toEqual({ from: from + hour, to: from + 97 * hour });
    expect(missedTicks(hourly('all', { catchUpLimit: 3 }), from, from + 3.5 * hour)).not.toHaveProperty('dropped');
    expect(missedTicks(hourly('all'), from, from + 2000.5 * hour).ticks).toHaveLength(100);
  });

  it.each([
    { expression: '* * * * * *', catchUp: 'skip' },
    { expression: '* * * * * *', catchUp: 'latest' },
    { expression: '* * * * * *', catchUp: 'all', catchUpLimit: 1000 },
    { expression: '* * * * * *', catchUp: 'all', catchUpLimit: 1000, excludeTimes: ['02:00-01:00'] },
    { expression: '0 0 29 2 *', catchUp: 'latest', timeZone: 'Europe/Berlin' },
    { kind: 'interval', every: '1s', catchUp: 'latest', excludeDates: ['2026-06-01/2035-12-30'] },
  ])('of ten years are found in a moment: $expression $catchUp', (settings) => {
    const one = schedule(settings);
    let ticks: readonly number[] = [];
    // One after the other they would take minutes.
    expect(cpuMs(() => ({ ticks } = missedTicks(one, from, from + 10 * year + 600)))).toBeLessThan(1_000);
    if (settings.catchUp !== 'skip') expect(ticks.length).toBeGreaterThan(0);
  });

  it(
    'are the same as when all of them are walked through',
    () => {
      const settings = fc.record({
        expression: fc.constantFrom('*/5 * * * *', '30 2 * * *', '0 9 * * 1-5', '15 */6 * * *', '0 0 1 * *'),
        timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago'),
        excludeWeekdays: fc.constantFrom([], [0, 6], ['wed']),
        excludeTimes: fc.constantFrom([], ['01:30-03:10'], ['22:00-06:00']),
        catchUp: fc.constantFrom('latest', 'all'),
        catchUpLimit: fc.integer({ min: 1, max: 20 }),
      });
      const start = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') });
      fc.assert(
        fc.property(settings, start, fc.integer({ min: 60_000, max: 400 * hour }), (given, last, away) => {
          const one = schedule(given);
          const now = last + away;
          const walked = ticksBetween(one, last, now, 100_000);
          const isLate = (tick: number) => tick < now - 10_000;
          const onTime = walked.filter((tick) => !isLate(tick));
          const late = walked.filter(isLate);
          const kept =
            given.catchUp === 'all' ? late.slice(-given.catchUpLimit) : onTime.length > 0 ? [] : late.slice(-1);
          const { ticks, dropped } = missedTicks(one, last, now);
          expect(ticks).toEqual([...kept, ...onTime]);
          const lost = late.slice(0, late.length - kept.length);
          expect(dropped).toEqual(
            given.catchUp === 'all' && lost.length > 0 ? { from: lost[0], to: lost.at(-1) } : undefined,
          );
        }),
        { numRuns: 150 },
      );
    },
    unhurriedMs,
  );
});
