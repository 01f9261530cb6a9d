import { describe, expect, it } from 'vitest';
import type { Filter } from './filter.ts';
import { matchesFilter } from './match-filter.ts';

const row = { id: 7, name: 'Ada Lovelace', note: null, price: '10.00', tags: ['a', 'B'], 'due.on': '2026-01-02' };

describe('a filter on a row at hand', () => {
  it.each<[Filter, boolean]>([
    [{ column: 'id', operator: 'equal', value: '7' }, true],
    [{ column: 'price', operator: 'equal', value: 10 }, true],
    [{ column: 'name', operator: 'equal', value: 'ada lovelace' }, true],
    [{ column: 'note', operator: 'equal', value: null }, true],
    [{ column: 'note', operator: 'notEqual', value: 'x' }, true],
    [{ column: 'note', operator: 'less', value: 5 }, false],
    [{ column: 'note', operator: 'contains', value: '' }, false],
    [{ column: 'note', operator: 'notContains', value: 'x' }, true],
    [{ column: 'note', operator: 'between', value: [null, null] }, false],
    [{ column: 'id', operator: 'between', value: [null, 7] }, true],
    [{ column: 'id', operator: 'between', value: [8, null] }, false],
    [{ column: 'name', operator: 'matches', value: 'a?a*LACE' }, true],
    [{ column: 'name', operator: 'matches', value: 'ada' }, false],
    [{ column: 'name', operator: 'matches', value: '*.*' }, false],
    [{ column: 'tags', operator: 'containsAll', value: ['A', 'b'] }, true],
    [{ column: 'id', operator: 'notOneOf', value: [1, 2] }, true],
    [{ column: 'due.on', operator: 'greater', value: '2026-01-01' }, true],
    [{ column: 'note', operator: 'empty' }, true],
    [{ and: [] }, true],
    [{ or: [] }, false],
    [{ not: { column: 'id', operator: 'equal', value: 7 } }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matchesFilter(row, filter)).toBe(expected);
  });
});
