import { describe, expect, it } from 'vitest';
import { dayByKey } from './day-keys.ts';
import { addMonths, dayOf, timeOf, weeksOfMonth, weekStartOf } from './days.ts';

describe('days', () => {
  it('are those of the time zone for instants, and stay for dates and local times', () => {
    expect(dayOf('2026-05-01T22:30:00.000Z', 'Europe/Berlin')).toBe('2026-05-02');
    expect(dayOf('2026-05-01T02:30:00.000Z', 'America/New_York')).toBe('2026-04-30');
    expect(dayOf('2026-05-01T23:30:00', 'Asia/Tokyo')).toBe('2026-05-01');
    expect(dayOf('2026-05-01', 'Asia/Tokyo')).toBe('2026-05-01');
    expect(dayOf('soon', 'UTC')).toBeUndefined();
    expect(dayOf('2026-02-30', 'UTC')).toBeUndefined();
  });

  it('have a time only where the value has one', () => {
    const place = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
    expect(timeOf('2026-05-01T07:30:00.000Z', place)).toBe('09:30');
    expect(timeOf('2026-05-01T07:30:00', place)).toBe('07:30');
    expect(timeOf('2026-05-01', place)).toBe('');
  });

  it('fill whole weeks around a month', () => {
    const may = weeksOfMonth('2026-05-15', 1);
    expect([may[0]?.[0], may.at(-1)?.at(-1), may.length]).toEqual(['2026-04-27', '2026-05-31', 5]);
    expect(weeksOfMonth('2026-05-15', 0)[0]?.[0]).toBe('2026-04-26');
    expect(weeksOfMonth('2026-02-01', 0)).toHaveLength(4);
  });

  it('keep to the end of shorter months', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  it('begin weeks as the locale does', () => {
    expect(weekStartOf('auto', 'de-DE')).toBe(1);
    expect(weekStartOf('auto', 'en-US')).toBe(0);
    expect(weekStartOf('monday', 'en-US')).toBe(1);
  });

  it('are reached by keys', () => {
    const by = (key: string) => dayByKey({ key }, '2026-05-14', 1);
    expect(['ArrowRight', 'ArrowUp', 'Home', 'End', 'PageDown', 'x'].map(by)).toEqual([
      '2026-05-15',
      '2026-05-07',
      '2026-05-11',
      '2026-05-17',
      '2026-06-14',
      undefined,
    ]);
  });
});
