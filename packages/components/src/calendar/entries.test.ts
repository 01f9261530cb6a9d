import { describe, expect, it } from 'vitest';
import { weeksOfMonth } from './days.ts';
import { barsOfWeek, daysFilter, entriesOf } from './entries.ts';

const place = { locale: 'en-GB', timeZone: 'UTC', table: undefined };
const rows = [
  { id: 1, name: 'Long', from: '2026-04-29', to: '2026-05-06' },
  { id: 2, name: 'One day', from: '2026-05-04', to: null },
  { id: 3, name: 'Backwards', from: '2026-05-05', to: '2026-05-01' },
  { id: 4, name: 'No day', from: null, to: null },
];

describe('entries', () => {
  it('last from the first to the last day, never backwards', () => {
    const entries = entriesOf(rows, { startColumn: 'from', endColumn: 'to' }, place);
    expect(entries.map(({ item, start, end }) => [item['name'], start, end])).toEqual([
      ['Long', '2026-04-29', '2026-05-06'],
      ['One day', '2026-05-04', '2026-05-04'],
      ['Backwards', '2026-05-05', '2026-05-05'],
    ]);
  });

  it('stand in lines of a week without lying over one another', () => {
    const entries = entriesOf(rows, { startColumn: 'from', endColumn: 'to' }, place);
    const [first, second] = weeksOfMonth('2026-05-01', 1);
    expect(barsOfWeek(entries, first ?? []).map(({ from, length, lane }) => [from, length, lane])).toEqual([[2, 5, 0]]);
    expect(barsOfWeek(entries, second ?? []).map(({ from, length, lane }) => [from, length, lane])).toEqual([
      [0, 3, 0],
      [0, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('are asked for by the days in sight', () => {
    const days = { first: '2026-05-04', last: '2026-05-10' };
    expect(daysFilter({ start: 'from', end: 'to' }, days, undefined)).toEqual({
      and: [
        { column: 'from', operator: 'lessOrEqual', value: '2026-05-10' },
        {
          or: [
            { column: 'to', operator: 'greaterOrEqual', value: '2026-05-04' },
            { column: 'from', operator: 'greaterOrEqual', value: '2026-05-04' },
          ],
        },
      ],
    });
  });
});
