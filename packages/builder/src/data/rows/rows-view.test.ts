import { expect, it } from 'vitest';
import { formatView, nextSort, parseView, wholeTable } from './rows-view.ts';

it('survives the way through the address', () => {
  const view = {
    search: 'a & b=100%',
    filter: { join: 'or', conditions: [{ column: 'odd, name', operator: 'contains', operands: ['%41&?'] }] },
    sort: [
      { column: 'a,b', direction: 'descending' },
      { column: 'c', direction: 'ascending' },
    ],
    offset: 100,
    size: 25,
  } as const;
  expect(parseView(formatView(view))).toEqual(view);
  expect(formatView(wholeTable)).toBe('');
});

it('takes nothing from an address that makes no sense', () => {
  expect(parseView('?filter={&from=-4&size=9&sort=')).toEqual(wholeTable);
  expect(
    parseView(
      `?filter=${encodeURIComponent('{"conditions":[{"column":1},{"column":"a","operator":"evil","operands":[]}]}')}`,
    ).filter.conditions,
  ).toEqual([]);
});

it('sorts up, down and not at all, alone or beside others', () => {
  const up = nextSort([], 'a', false);
  const down = nextSort(up, 'a', false);
  expect([up, down, nextSort(down, 'a', false)]).toEqual([
    [{ column: 'a', direction: 'ascending' }],
    [{ column: 'a', direction: 'descending' }],
    [],
  ]);
  expect(nextSort(up, 'b', true)).toHaveLength(2);
  expect(nextSort(up, 'b', false)).toEqual([{ column: 'b', direction: 'ascending' }]);
});
