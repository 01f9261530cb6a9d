import { expect, it } from 'vitest';
import { formatTime, formatValue } from './format-value.ts';

const british = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

it('shows times of the clock as people write them, and leaves what no clock shows', () => {
  expect(
    ['14:05:00', '14:05:09', '24:00:00', '838:59:59', '-01:00:00'].map((time) => formatTime(time, british)),
  ).toEqual(['14:05', '14:05:09', '24:00:00', '838:59:59', '-01:00:00']);
});

it('groups whole numbers from five digits on, amounts always, keys never', () => {
  expect(formatValue('integer', 2024, british)).toBe('2024');
  expect(formatValue('integer', 20_240, british)).toBe('20,240');
  expect(formatValue('integer', 20_240, { ...british, useGrouping: false })).toBe('20240');
  expect(formatValue('decimal', '2024.50', british)).toBe('2,024.50');
  expect(formatValue('integer', 2024, { ...british, currency: 'GBP' })).toBe('£2,024.00');
});
