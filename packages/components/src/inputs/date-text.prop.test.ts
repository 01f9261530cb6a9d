import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantToLocal, isDateText, isLocalDateTimeText, localToInstant } from './date-text.ts';

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
);

describe('instants and the clock on the wall', () => {
  it('lead back to the same clock time, unless a change of clocks skips it', () => {
    const times = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, zones, (time, zone) => {
        const local = instantToLocal(time.toISOString(), zone);
        const instant = localToInstant(local, zone);
        expect(instantToLocal(instant ?? '', zone)).toBe(local);
      }),
    );
  });

  it('moves a skipped time behind the gap and takes the first of two', () => {
    expect(localToInstant('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(localToInstant('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('knows what a date is', () => {
    expect(isDateText('2024-02-29')).toBe(true);
    expect(isDateText('2026-02-29')).toBe(false);
    expect(isLocalDateTimeText('2026-02-28T25:00')).toBe(false);
  });
});
