import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test/cpu-time.ts';
import { byLooking, isExcluded } from '../../test/by-looking.ts';
import { missedTicks } from './missed-ticks.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { lastTick, nextTick, ticksBetween } from './ticks.ts';
import { offsetChange } from './zone.ts';

/** Many examples on a machine that is busy otherwise. */
const unhurriedMs = 180_000;

function schedule(settings: unknown): Schedule {
  const parsed = parseSchedule(settings);
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error));
  return parsed.value;
}

const cron = (expression: string, timeZone = 'UTC', more: object = {}): Schedule =>
  schedule({ kind: 'cron', expression, timeZone, ...more });
const iso = (times: readonly number[]): readonly string[] =>
  times.map((time) => new Date(time).toISOString().slice(0, 16));
const minute = 60_000;
const day = 86_400_000;

const changes: readonly (readonly [zone: string, day: string, what: string])[] = [
  ['Europe/Berlin', '2026-03-29', 'an hour is skipped'],
  ['Europe/Berlin', '2026-10-25', 'an hour comes twice'],
  ['America/New_York', '2026-03-08', 'an hour is skipped'],
  ['America/New_York', '2026-11-01', 'an hour comes twice'],
  ['Australia/Lord_Howe', '2026-10-04', 'half an hour is skipped'],
  ['Australia/Lord_Howe', '2026-04-05', 'half an hour comes twice'],
  ['Australia/Sydney', '2026-10-04', 'the south: skipped in October'],
  ['Pacific/Chatham', '2026-09-27', 'a zone of 45 minutes'],
  ['Pacific/Chatham', '2026-04-05', 'a zone of 45 minutes, twice'],
  ['America/Santiago', '2026-09-06', 'midnight is skipped'],
  ['Africa/Casablanca', '2026-02-15', 'Ramadan begins'],
  ['Africa/Casablanca', '2026-03-22', 'Ramadan ends'],
  ['America/St_Johns', '2026-03-08', 'half an hour zone'],
  ['Asia/Kathmandu', '2026-03-29', 'no change at all'],
  ['Pacific/Apia', '2011-12-30', 'a day that never was'],
  ['Asia/Gaza', '2026-03-28', 'skipped at night'],
];
const expressions = ['30 2 * * *', '0 0 * * *', '15 1,2,3 * * *', '*/20 * * * *', '45 */2 * * *'];

describe('schedules where clocks change', () => {
  const cases = changes.flatMap(([zone, date, what]) =>
    expressions.map((expression) => ({ zone, date, what, expression })),
  );

  it('is a table of sixty cases and more', () => expect(cases.length).toBeGreaterThanOrEqual(60));

  it.each(cases)('$expression in $zone around $date: $what', ({ zone, date, expression }) => {
    const from = Date.parse(`${date}T00:00:00Z`) - day;
    const ticks = ticksBetween(cron(expression, zone), from, from + 3 * day, 1000);
    expect(ticks).toEqual(byLooking({ expression, zone }, from, from + 3 * day));
  });

  it('says so in words: once in the gap, once in the fold, and by elapsed time when it is every so often', () => {
    const from = Date.parse('2026-03-28T12:00:00Z');
    expect(iso(ticksBetween(cron('30 2 * * *', 'Europe/Berlin'), from, from + 2 * day, 9))).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    const autumn = Date.parse('2026-10-24T12:00:00Z');
    expect(iso(ticksBetween(cron('30 2 * * *', 'Europe/Berlin'), autumn, autumn + 2 * day, 9))).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(ticksBetween(cron('0 * * * *', 'Europe/Berlin'), autumn, autumn + day, 99)).toHaveLength(24);
  });
});

describe('schedules with seconds where clocks change', () => {
  const expressionsOfSeconds = ['30 30 2 * * *', '*/20 59 * * * *', '15,45 */30 1-3 * * *'];
  const cases = changes
    .filter(([zone]) => !['Asia/Kathmandu', 'Pacific/Apia'].includes(zone))
    .slice(0, 9)
    .flatMap(([zone, date]) => expressionsOfSeconds.map((expression) => ({ zone, date, expression })));

  it.each(cases)('$expression in $zone around $date', ({ zone, date, expression }) => {
    const change =
      offsetChange(Date.parse(`${date}T00:00:00Z`) - day, Date.parse(`${date}T00:00:00Z`) + day, zone) ?? 0;
    const [from, to] = [change - 3 * 60 * minute, change + 3 * 60 * minute];
    expect(ticksBetween(cron(expression, zone), from, to, 5000)).toEqual(byLooking({ expression, zone }, from, to));
  });
});

describe('schedules where the rules of a zone change', () => {
  const rules: readonly (readonly [zone: string, day: string, what: string])[] = [
    ['Europe/Istanbul', '2016-03-27', 'the last summer time'],
    ['Europe/Istanbul', '2016-10-30', 'winter time no more'],
    ['Europe/Moscow', '2014-10-26', 'back for good'],
    ['Europe/Volgograd', '2020-12-27', 'an hour back in winter'],
    ['Asia/Pyongyang', '2015-08-14', 'half an hour back'],
    ['Asia/Pyongyang', '2018-05-04', 'half an hour ahead again'],
    ['America/Caracas', '2016-05-01', 'half an hour ahead'],
    ['America/Mexico_City', '2022-10-30', 'the last winter time'],
    ['America/Mexico_City', '2023-04-02', 'no summer time'],
    ['America/Sao_Paulo', '2019-02-16', 'the last summer time ends'],
    ['Africa/Cairo', '2023-04-28', 'summer time again'],
    ['Asia/Amman', '2022-10-28', 'summer time stays'],
    ['Asia/Tehran', '2022-09-21', 'the last change'],
    ['Asia/Almaty', '2024-02-29', 'an hour back on a leap day'],
    ['Antarctica/Casey', '2018-03-10', 'three hours back'],
    ['Pacific/Bougainville', '2014-12-27', 'an hour ahead'],
  ];
  const cases = rules.flatMap(([zone, date, what]) =>
    ['30 23 * * *', '15 0,1,2 * * *', '*/20 * * * *'].map((expression) => ({ zone, date, what, expression })),
  );
  it.each(cases)('$expression in $zone around $date: $what', ({ zone, date, expression }) => {
    const from = Date.parse(`${date}T00:00:00Z`) - day;
    const ticks = ticksBetween(cron(expression, zone), from, from + 3 * day, 1000);
    expect(ticks).toEqual(byLooking({ expression, zone }, from, from + 3 * day));
  });
});

describe('schedules of the calendar', () => {
  const run = (expression: string, from: string, count: number, zone = 'UTC') =>
    iso(ticksBetween(cron(expression, zone), Date.parse(from), Date.parse(from) + 4000 * day, count));

  it('knows leap days, month ends and the last weekday of a month', () => {
    expect(run('0 9 29 2 *', '2026-01-01', 2)).toEqual(['2028-02-29T09:00', '2032-02-29T09:00']);
    expect(run('0 0 31 * *', '2026-01-01', 3)).toEqual(['2026-01-31T00:00', '2026-03-31T00:00', '2026-05-31T00:00']);
    expect(run('0 0 L * *', '2026-01-31T12:00:00Z', 2)).toEqual(['2026-02-28T00:00', '2026-03-31T00:00']);
    expect(run('0 6 * * 5#L', '2026-01-01', 2)).toEqual(['2026-01-30T06:00', '2026-02-27T06:00']);
    expect(run('59 23 31 12 *', '2026-01-01', 1, 'Asia/Tokyo')).toEqual(['2026-12-31T14:59']);
  });

  it('takes seconds when there are six fields', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    expect(ticksBetween(cron('*/15 * * * * *'), from, from + minute, 9).map((time) => time - from)).toEqual([
      15_000, 30_000, 45_000, 60_000,
    ]);
  });

  it('leaves excluded days out, begins and ends when it should', () => {
    const excluded = cron('0 9 * * *', 'Europe/Berlin', {
      excludeDates: ['2026-12-25'],
      excludeWeekdays: [0, 6],
      end: '2026-12-30T00:00:00Z',
    });
    expect(
      iso(ticksBetween(excluded, Date.parse('2026-12-23T12:00:00Z'), Date.parse('2027-02-01T00:00:00Z'), 99)),
    ).toEqual(['2026-12-24T08:00', '2026-12-28T08:00', '2026-12-29T08:00']);
    expect(nextTick(cron('* * * * *', 'UTC', { excludeWeekdays: [0, 1, 2, 3, 4, 5, 6] }), 0)).toBeUndefined();
    expect(nextTick(cron('0 0 30 2 *'), 0)).toBeUndefined();
    const begins = schedule({ kind: 'interval', every: '1h', start: '2030-01-01T00:00:00Z' });
    expect(iso([nextTick(begins, 0) ?? 0])).toEqual(['2030-01-01T00:00']);
  });
});

describe('laws of schedules', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham'];
  const settings = fc.oneof(
    fc.record({
      kind: fc.constant('interval'),
      every: fc.integer({ min: 1, max: 100_000 }).map((seconds) => `${seconds}s`),
    }),
    fc.record({
      kind: fc.constant('cron'),
      expression: fc.constantFrom(
        '0 * * * *',
        '30 2 * * *',
        '*/7 * * * *',
        '0 12 1 * *',
        '5 0 * * 1-5',
        '15 3 10,20 * *',
      ),
      timeZone: fc.constantFrom(...zones),
    }),
  );
  const time = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') });

  it('ticks rise, none is left out in between, and each is after the time asked for', () => {
    fc.assert(
      fc.property(settings, time, (given, from) => {
        const one = schedule(given);
        const ticks = ticksBetween(one, from, from + 60 * day, 12);
        ticks.forEach((tick, index) => {
          const before = ticks[index - 1] ?? from;
          expect(tick).toBeGreaterThan(before);
          // Asked from anywhere in between, the next tick is the same.
          expect(nextTick(one, before + Math.floor((tick - before) / 2))).toBe(tick);
          expect(nextTick(one, tick - 1)).toBe(tick);
        });
      }),
      { numRuns: 150 },
    );
  });

  it(
    'whoever looks often makes the same ticks as who looks seldom',
    () => {
      fc.assert(
        fc.property(
          time,
          fc.constantFrom(...zones),
          fc.array(fc.integer({ min: 1, max: 20 * 3_600_000 }), { maxLength: 20 }),
          (from, zone, pauses) => {
            const one = cron('*/30 1-3 * * *', zone, { catchUp: 'all', catchUpLimit: 1000 });
            let last = from;
            const often: number[] = [];
            for (const pause of pauses) {
              often.push(...missedTicks(one, last, last + pause).ticks);
              last += pause;
            }
            expect(missedTicks(one, from, last)).toEqual({ ticks: often });
          },
        ),
        { numRuns: 60 },
      );
    },
    unhurriedMs,
  );

  it(
    'what is excluded is left out and nothing else, where clocks change, too',
    () => {
      const dates = ['2026-03-28/2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05/2026-09-27'];
      const exclusions = fc.record({
        excludeDates: fc.subarray(dates),
        excludeWeekdays: fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 6 }),
        excludeTimes: fc.subarray(['01:30-02:10', '02:30-03:30', '22:00-00:30', '00:00-00:01', '12:00-24:00']),
      });
      const around = fc.constantFrom(
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      );
      const expression = fc.constantFrom('*/10 * * * *', '30 2 * * *', '15 1,2,3 * * *', '0 */2 * * *');
      fc.assert(
        fc.property(exclusions, around, expression, fc.constantFrom(...zones), (excluded, date, text, zone) => {
          const from = Date.parse(`${date}T00:00:00Z`) - day;
          const ticks = ticksBetween(cron(text, zone, excluded), from, from + 3 * day, 1000);
          const all = ticksBetween(cron(text, zone), from, from + 3 * day, 1000);
          expect(ticks).toEqual(all.filter((tick) => !isExcluded(tick, zone, excluded)));
        }),
        { numRuns: 200 },
      );
    },
    unhurriedMs,
  );

  it('the tick before one is the last that comes before it', () => {
    fc.assert(
      fc.property(settings, time, (given, from) => {
        const one = schedule(given);
        const ticks = ticksBetween(one, from, from + 60 * day, 6);
        ticks.forEach((tick, index) => {
          expect(lastTick(one, tick, { floor: from })).toBe(ticks[index - 1]);
          expect(lastTick(one, tick + 1, { floor: from, step: 90 * day })).toBe(tick);
        });
      }),
      { numRuns: 60 },
    );
  });

  it(
    'ten thousand schedules are computed in a second or so, where clocks change, too',
    () => {
      const all = Array.from({ length: 10_000 }, (_, n) => cron(`${n % 60} ${n % 24} * * *`, zones[n % zones.length]));
      for (const [day, most] of [
        ['2026-06-01', 2_000],
        ['2026-10-25', 5_000],
      ] as const) {
        const took = cpuMs(() => {
          for (const one of all) nextTick(one, Date.parse(`${day}T00:00:00Z`));
        });
        expect(took).toBeLessThan(most);
      }
    },
    unhurriedMs,
  );
});
