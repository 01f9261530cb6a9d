import { expect, it } from 'vitest';
import { relativeTime } from './relative-time.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

it.each([
  [0, 'just now'],
  [-59_000, 'just now'],
  [-minute, '1 minute ago'],
  [-3.9 * hour, '3 hours ago'],
  [-1.5 * day, 'yesterday'],
  [-8 * day, 'last week'],
  [30_000, 'in less than a minute'],
  [1.5 * minute, 'in a minute'],
  [90 * minute, 'in 90 minutes'],
  [36 * hour, 'in 36 hours'],
  [2 * day - 5_000, 'in 2 days'],
  [2.5 * day, 'in 2 days'],
  [20 * day, 'in 2 weeks'],
])('says %d milliseconds as "%s"', (ahead, words) => {
  expect(relativeTime(1_700_000_000_000 + ahead, 1_700_000_000_000)).toBe(words);
});

it('takes ISO texts as well', () => {
  expect(relativeTime('2030-01-01T10:00:00Z', Date.parse('2030-01-01T12:00:00Z'))).toBe('2 hours ago');
});
