import { expect, it } from 'vitest';
import { tableOf } from './result-rows.ts';

const result = { truncated: false, durationMs: 1 };

it('takes the columns that the database names', () => {
  expect(tableOf({ ...result, data: [], columns: [{ name: 'a', type: 'integer' }] })).toEqual({
    columns: [{ name: 'a', type: 'integer' }],
    rows: [],
  });
});

it('finds columns in the answers of APIs', () => {
  expect(
    tableOf({
      ...result,
      data: [
        { a: null, b: 'x' },
        { a: 1, c: { d: 1 } },
      ],
    })?.columns,
  ).toEqual([
    { name: 'a', type: 'number' },
    { name: 'b', type: 'text' },
    { name: 'c', type: 'json' },
  ]);
});

it('leaves everything else to be shown as JSON', () => {
  expect(tableOf({ ...result, data: { a: 1 } })).toBeUndefined();
  expect(tableOf({ ...result, data: [1, 2] })).toBeUndefined();
});
