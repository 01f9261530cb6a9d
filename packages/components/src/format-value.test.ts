import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, formatValue } from './format-value.ts';

const british = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

describe('formatValue', () => {
  it('writes dates without moving the day, in any zone', () => {
    const zones = fc.constantFrom('Pacific/Kiritimati', 'Pacific/Niue', 'UTC', 'America/New_York');
    const days = fc.integer({ min: 1, max: 28 });
    fc.assert(
      fc.property(zones, days, (timeZone, day) => {
        const text = formatValue(`2024-02-${String(day).padStart(2, '0')}`, { locale: 'en-GB', timeZone });
        expect(text).toBe(`${day} Feb 2024`);
      }),
    );
  });

  it('writes instants in the zone of the person', () => {
    expect(formatValue('2024-06-01T22:30:00Z', british)).toBe('2 Jun 2024, 00:30');
  });

  it('writes exact numbers of columns with every digit, and immense ones short', () => {
    const decimal = { ...british, type: 'decimal' };
    expect(formatValue('1370000.00', decimal)).toBe('1,370,000.00');
    expect(formatValue('99999999999999999.99999999999999999999', decimal)).toBe(
      '99,999,999,999,999,999.99999999999999999999',
    );
    expect(formatValue('9223372036854775807', { ...british, type: 'integer' })).toBe('9,223,372,036,854,775,807');
    expect(formatValue('NaN', decimal)).toBe('NaN');
    expect(formatValue('0042', british)).toBe('0042');
    expect(formatValue(1e300, british)).toBe('1E300');
  });

  it('keeps whole numbers of four digits together, as years are written', () => {
    expect(formatValue(2024, british)).toBe('2024');
    expect(formatValue('2024', { ...british, type: 'integer' })).toBe('2024');
    expect(formatValue(12_024, british)).toBe('12,024');
    expect(formatValue('2024.00', { ...british, type: 'decimal' })).toBe('2,024.00');
  });

  it('leaves text columns alone even when they look like dates', () => {
    expect(formatValue('2024-06-01', { ...british, type: 'text' })).toBe('2024-06-01');
  });

  it('writes nothing for missing values, words for booleans, lists joined', () => {
    expect(formatValue(null, british)).toBe('');
    expect(formatValue(true, british)).toBe('Yes');
    expect(formatValue(['a', 2], british)).toBe('a, 2');
    expect(formatValue({ a: 1 }, british)).toBe('{"a":1}');
  });

  it('leaves a time without a zone where it is, whatever the zone of the reader', () => {
    const tokyo = { ...british, timeZone: 'Asia/Tokyo' };
    expect(formatValue('2024-03-31T02:30:00', { ...tokyo, type: 'datetime' })).toBe('31 Mar 2024, 02:30');
    expect(formatValue('2024-03-31T02:30:00', tokyo)).toBe('31 Mar 2024, 02:30');
    expect(formatValue('2024-03-31T02:30:00Z', { ...tokyo, type: 'timestamp' })).toBe('31 Mar 2024, 11:30');
  });

  it('gives back what is no date', () => {
    expect(formatValue('2024-99-99', british)).toBe('2024-99-99');
  });
});

describe('formatNumber', () => {
  it('follows the style', () => {
    expect(formatNumber(1234.5, { locale: 'en-GB', style: 'plain' })).toBe('1,234.5');
    expect(formatNumber(1_250_000, { locale: 'en-US', style: 'compact' })).toBe('1.3M');
    expect(formatNumber(0.256, { locale: 'en-GB', style: 'percent' })).toBe('25.6%');
    expect(formatNumber(3, { locale: 'en-GB', style: 'currency', currency: 'GBP' })).toBe('£3.00');
    expect(formatNumber(3.14159, { locale: 'en-GB', style: 'plain', decimals: 1 })).toBe('3.1');
  });

  it('falls back to the euro when the currency is not a code', () => {
    expect(formatNumber(3, { locale: 'en-GB', style: 'currency', currency: 'x' })).toBe('€3.00');
  });
});
