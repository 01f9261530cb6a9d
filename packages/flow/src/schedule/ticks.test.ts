import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule, type Schedule } from './schedule.ts';
import { missedTicks, nextTick, ticksBetween } from './ticks.ts';

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

/** Reads a field of a cron expression by hand: numbers, lists, ranges and steps. */
function matches(field: string, value: number, first: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [first, 59] : (range.split('-').map(Number) as [number, number?]);
    const end = to ?? (part.includes('/') ? 59 : from);
    return value >= (from ?? 0) && value <= (end ?? 0) && (value - (from ?? 0)) % Number(step) === 0;
  });
}

function matchesWall(expression: string, wall: number): boolean {
  const [minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] = expression.split(' ');
  const at = new Date(wall);
  return (
    matches(minutes, at.getUTCMinutes(), 0) &&
    matches(hours, at.getUTCHours(), 0) &&
    matches(days, at.getUTCDate(), 1) &&
    matches(months, at.getUTCMonth() + 1, 1) &&
    matches(weekdays, at.getUTCDay(), 0)
  );
}

/** The ticks as they must be, found by looking at the clock on the wall every minute. Knows nothing of the code under test. */
function byLooking(expression: string, timeZone: string, from: number, to: number): readonly string[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const clock = (time: number): number => Date.parse(`${format.format(time).replace(' ', 'T')}:00Z`);
  const isFixed = !/[*/-]/.test(expression.split(' ')[1] ?? '');
  const ticks: number[] = [];
  const seen = new Set<number>();
  let last = clock(from - 26 * 60 * minute);
  for (let time = from - 26 * 60 * minute; time <= to; time += minute) {
    const wall = clock(time);
    const jump = wall - last - minute;
    let fires = matchesWall(expression, wall) && !(isFixed && seen.has(wall));
    for (
      let skipped = last + minute;
      isFixed && jump > 0 && jump <= 180 * minute && skipped < wall;
      skipped += minute
    ) {
      fires ||= matchesWall(expression, skipped);
    }
    if (fires && time > from) ticks.push(time);
    seen.add(wall);
    last = wall;
  }
  return iso(ticks);
}

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
    const ticks = iso(ticksBetween(cron(expression, zone), from, from + 3 * day, 1000));
    expect(ticks).toEqual(byLooking(expression, zone, from, from + 3 * day));
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

  it('makes up for missed ticks as it was told', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const missed = (catchUp: string) =>
      iso(missedTicks(cron('0 * * * *', 'UTC', { catchUp }), from, from + 3.5 * 3_600_000));
    expect(missed('all')).toEqual(['2026-01-01T01:00', '2026-01-01T02:00', '2026-01-01T03:00']);
    expect(missed('latest')).toEqual(['2026-01-01T03:00']);
    expect(missed('skip')).toEqual([]);
    expect(missedTicks(cron('0 * * * *', 'UTC', { catchUp: 'skip' }), from, from + 3_600_000)).toEqual([
      from + 3_600_000,
    ]);
  });

  it('refuses what it cannot read, and says where', () => {
    const wrong = parseSchedule({ kind: 'cron', expression: '61 * * * *', timeZone: 'Mars/Olympus', catchUp: 'maybe' });
    expect(wrong.ok ? [] : wrong.error.map(({ path }) => path)).toEqual(['/timeZone', '/catchUp', '/expression']);
    expect(parseSchedule({ kind: 'interval', every: '10ms' }).ok).toBe(false);
    expect(parseSchedule({ kind: 'interval', every: 'often' }).ok).toBe(false);
    expect(parseSchedule('daily').ok).toBe(false);
    expect(parseSchedule({ expression: '0 9 * * *', excludeDates: ['soon'] }).ok).toBe(false);
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

  it('whoever looks often makes the same ticks as who looks seldom', () => {
    fc.assert(
      fc.property(
        time,
        fc.constantFrom(...zones),
        fc.array(fc.integer({ min: 1, max: 20 * 3_600_000 }), { maxLength: 20 }),
        (from, zone, pauses) => {
          const one = cron('*/30 1-3 * * *', zone, { catchUp: 'all' });
          let last = from;
          const often: number[] = [];
          for (const pause of pauses) {
            often.push(...missedTicks(one, last, last + pause));
            last += pause;
          }
          expect(often).toEqual(missedTicks(one, from, last));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ten thousand schedules are computed in a moment', () => {
    const all = Array.from({ length: 10_000 }, (_, n) => cron(`${n % 60} ${n % 24} * * *`, zones[n % zones.length]));
    const start = performance.now();
    for (const one of all) nextTick(one, Date.parse('2026-06-01T00:00:00Z'));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
