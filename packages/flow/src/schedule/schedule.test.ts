import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test/cpu-time.ts';
import { describeSchedule } from './describe-schedule.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { nextTick, ticksBetween } from './ticks.ts';

function schedule(settings: object): Schedule {
  const parsed = parseSchedule(settings);
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error));
  return parsed.value;
}

/** Paths of what is wrong with settings. */
function wrong(settings: unknown): readonly string[] {
  const parsed = parseSchedule(settings);
  return parsed.ok ? [] : parsed.error.map(({ path }) => path);
}

const daily = (more: object) => ({ expression: '0 9 * * *', ...more });

describe('settings of a schedule', () => {
  it('are refused where they cannot be read', () => {
    const many = {
      kind: 'cron',
      expression: '61 * * * *',
      timeZone: 'Mars/Olympus',
      catchUp: 'maybe',
      catchUpLimit: 0,
    };
    expect(wrong(many)).toEqual(['/timeZone', '/catchUp', '/catchUpLimit', '/expression']);
    expect(wrong({ kind: 'interval', every: '10ms' })).toEqual(['/every']);
    expect(wrong({ kind: 'interval', every: 'often' })).toEqual(['/every']);
    expect(wrong({ kind: 'sometimes', expression: '0 9 * * *' })).toEqual(['/kind']);
    expect(wrong('daily')).toEqual(['']);
    for (const catchUpLimit of [1.5, 1001, '5', null])
      expect(wrong(daily({ catchUpLimit }))).toEqual(['/catchUpLimit']);
  });

  it.each(['0 0 0 1 1 * 2030', '2030-01-01T00:00:00', '0 9 * *', '9', '@reboot', '* * * * * * *'])(
    'take five fields or six: not %s',
    (expression) => expect(wrong({ expression })).toEqual(['/expression']),
  );

  it('take the short names of schedules', () => {
    expect(schedule({ expression: '@daily' })).toMatchObject({ expression: '0 0 * * *', isFixedTime: true });
    expect(schedule({ expression: '@hourly' })).toMatchObject({ expression: '0 * * * *', isFixedTime: false });
    expect(schedule({ expression: '0  30 2  * * *' })).toMatchObject({ expression: '0 30 2 * * *', isFixedTime: true });
  });

  it.each([
    [{ excludeWeekdays: ['sunday'] }, '/excludeWeekdays/0'],
    [{ excludeWeekdays: [0, 7] }, '/excludeWeekdays/1'],
    [{ excludeWeekdays: [1.5] }, '/excludeWeekdays/0'],
    [{ excludeWeekdays: [null] }, '/excludeWeekdays/0'],
    [{ excludeWeekdays: 'sun' }, '/excludeWeekdays'],
    [{ excludeDates: '2026-12-24' }, '/excludeDates'],
    [{ excludeDates: ['soon'] }, '/excludeDates/0'],
    [{ excludeDates: ['2026-02-30'] }, '/excludeDates/0'],
    [{ excludeDates: [20_261_224] }, '/excludeDates/0'],
    [{ excludeDates: ['2026-12-24', '2027-01-01/2026-12-24'] }, '/excludeDates/1'],
    [{ excludeDates: ['2026-12-24/2026-12-25/2026-12-26'] }, '/excludeDates/0'],
    [{ excludeTimes: ['22:00'] }, '/excludeTimes/0'],
    [{ excludeTimes: ['22:00-22:00'] }, '/excludeTimes/0'],
    [{ excludeTimes: ['22:00-24:30'] }, '/excludeTimes/0'],
    [{ excludeTimes: { from: '22:00' } }, '/excludeTimes'],
    [{ start: '2026-02-30' }, '/start'],
    [{ start: 'tomorrow' }, '/start'],
    [{ start: '2026-01-01T25:00' }, '/start'],
    [{ end: Number.NaN }, '/end'],
    [{ end: true }, '/end'],
    [{ start: '2026-03-02', end: '2026-03-01' }, '/end'],
  ])('are refused when exclusions or bounds make no sense: %j', (more, path) => {
    expect(wrong(daily(more))).toEqual([path]);
  });

  it('read times without an offset in the zone of the schedule', () => {
    const zone = { timeZone: 'America/New_York' };
    expect(schedule(daily({ ...zone, start: '2026-01-10T08:00' })).start).toBe(Date.parse('2026-01-10T13:00:00Z'));
    expect(schedule(daily({ ...zone, start: '2026-01-10T08:00:30.5Z' })).start).toBe(
      Date.parse('2026-01-10T08:00:30.5Z'),
    );
    expect(schedule(daily({ ...zone, start: '2026-01-10T08:00+02:00' })).start).toBe(
      Date.parse('2026-01-10T06:00:00Z'),
    );
    // A date alone is the whole day: from its first moment, until its last.
    expect(schedule(daily({ ...zone, start: '2026-01-10' })).start).toBe(Date.parse('2026-01-10T05:00:00Z'));
    expect(schedule(daily({ ...zone, end: '2026-01-10' })).end).toBe(Date.parse('2026-01-11T05:00:00Z') - 1);
    expect(schedule({ kind: 'interval', every: '1d', ...zone, anchor: '2026-01-10T08:00' })).toMatchObject({
      anchor: Date.parse('2026-01-10T13:00:00Z'),
    });
    // Skipped: the jump. Twice: the first as a start, the second as an end.
    const berlin = { timeZone: 'Europe/Berlin' };
    expect(schedule(daily({ ...berlin, start: '2026-03-29T02:30' })).start).toBe(Date.parse('2026-03-29T01:00:00Z'));
    expect(schedule(daily({ ...berlin, start: '2026-10-25T02:30' })).start).toBe(Date.parse('2026-10-25T00:30:00Z'));
    expect(schedule(daily({ ...berlin, end: '2026-10-25T02:30' })).end).toBe(Date.parse('2026-10-25T01:30:00Z'));
  });

  it('leave ranges of days and times of day out', () => {
    const one = schedule({
      expression: '0 */6 * * *',
      timeZone: 'Europe/Berlin',
      excludeDates: ['2026-12-24/2026-12-26', '2026-12-28'],
      excludeTimes: ['23:00-06:00'],
    });
    const ticks = ticksBetween(one, Date.parse('2026-12-23T00:00:00Z'), Date.parse('2026-12-29T09:00:00Z'), 99);
    expect(ticks.map((tick) => new Date(tick).toISOString().slice(5, 13)).join(' ')).toBe(
      '12-23T05 12-23T11 12-23T17 12-27T05 12-27T11 12-27T17 12-29T05',
    );
  });

  it('that can never fire are found out quickly', () => {
    const took = cpuMs(() => {
      expect(nextTick(schedule(daily({ excludeWeekdays: [0, 1, 2, 3, 4, 5, 6] })), 0)).toBeUndefined();
      expect(
        nextTick(schedule(daily({ timeZone: 'Europe/Berlin', excludeTimes: ['08:00-10:00'] })), 0),
      ).toBeUndefined();
      expect(nextTick(schedule({ expression: '0 0 30 2 *' }), 0)).toBeUndefined();
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe('a schedule in words', () => {
  it.each([
    [{ expression: '0 9 * * 1-5', timeZone: 'Europe/Berlin' }, 'At 09:00, Monday through Friday (Europe/Berlin)'],
    [{ expression: '*/15 * * * * *' }, 'Every 15 seconds (UTC)'],
    [{ expression: '30 15 9 * * *' }, 'At 09:15:30 (UTC)'],
    [{ expression: '? ? * * *' }, 'Every minute (UTC)'],
    [{ expression: '0 6 * * 5#L' }, 'At 06:00, on the last Friday of the month (UTC)'],
    [{ expression: '0 9 * * 1#2' }, 'At 09:00, on the second Monday of the month (UTC)'],
    [{ expression: '0 0 L * *' }, 'At 00:00, on the last day of the month (UTC)'],
    [{ expression: '0 9 1 * 1' }, 'At 09:00, on day 1 of the month, or on Monday (UTC)'],
    [{ expression: '0 9 1 * 1-5' }, 'At 09:00, on day 1 of the month, or Monday through Friday (UTC)'],
    [{ expression: '0 9 1 6 1' }, 'At 09:00, on day 1 of the month, or on Monday, only in June (UTC)'],
    [{ expression: '@monthly' }, 'At 00:00, on day 1 of the month (UTC)'],
    [{ kind: 'interval', every: '90m' }, 'Every hour and 30 minutes (UTC)'],
    [{ kind: 'interval', every: '1d' }, 'Every day (UTC)'],
    [
      daily({
        start: '2026-01-01',
        end: '2026-12-31T18:00',
        excludeDates: ['2026-12-24/2026-12-26', '2026-05-01'],
        excludeWeekdays: [0, 'sat'],
        excludeTimes: ['22:00-06:00'],
      }),
      'At 09:00 (UTC), from 2026-01-01 00:00 until 2026-12-31 18:00, not on 2026-12-24 to 2026-12-26, 2026-05-01, Sundays and Saturdays, not between 22:00 and 06:00',
    ],
  ])('%j', (settings, words) => {
    expect(describeSchedule(schedule(settings))).toBe(words);
  });
});
