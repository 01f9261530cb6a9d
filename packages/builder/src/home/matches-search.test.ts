import { expect, it } from 'vitest';
import { matchesSearch } from './matches-search.ts';

it('finds every word anywhere, ignoring case and accents', () => {
  expect(matchesSearch('desk TICK', ['Ticket desk'])).toBe(true);
  expect(matchesSearch('uber', ['Über uns'])).toBe(true);
  expect(matchesSearch('desk asset', ['Ticket desk'])).toBe(false);
  expect(matchesSearch('', ['anything'])).toBe(true);
});
