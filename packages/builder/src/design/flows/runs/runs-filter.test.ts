import { expect, test } from 'vitest';
import { countOfFilter, filterOfSearch, searchOfFilter, type RunsFilter } from './runs-filter.ts';

test('a filter is the same after it stood in an address', () => {
  const filter: RunsFilter = {
    isAll: true,
    state: 'failed',
    environment: 'production',
    origin: 'webhook',
    actor: 'ada@example.com',
    text: 'a & b = "c"',
    lastMs: 3_600_000,
    after: 1,
    before: 2,
    minMs: 10,
    maxMs: 20,
  };
  const search = searchOfFilter(filter).toString();
  expect(filterOfSearch(new URLSearchParams(search))).toEqual(filter);
  expect(searchOfFilter({}).toString()).toBe('');
});

test('what an address says that makes no sense is left out', () => {
  const search = new URLSearchParams('state=odd&origin=&minMs=-4&maxMs=1e9&flows=some&text=&actor=x&compare=run_2');
  expect(filterOfSearch(search)).toEqual({ actor: 'x' });
});

test('parts that are not in sight are counted', () => {
  expect(countOfFilter({ state: 'failed', text: 'x', isAll: true })).toBe(0);
  expect(countOfFilter({ origin: 'app', minMs: 1, maxMs: 2, after: 1 })).toBe(3);
});
