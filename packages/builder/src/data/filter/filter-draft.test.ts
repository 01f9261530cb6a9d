import { expect, it } from 'vitest';
import { parseFilter } from '@fettle/access';
import type { ColumnDescription } from '@fettle/sdk';
import {
  changeColumn,
  changeOperator,
  complaintAbout,
  describeCondition,
  filterOf,
  startCondition,
} from './filter-draft.ts';
import { operatorsOf } from './operators.ts';

const column = (
  name: string,
  type: ColumnDescription['type'],
  rest: Partial<ColumnDescription> = {},
): ColumnDescription => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  generated: false,
  ...rest,
});
const title = column('title', 'text');
const price = column('price', 'decimal');
const status = column('status', 'text', { options: ['open', 'closed'] });
const labels = column('labels', 'json', { meaning: 'multiSelect', options: ['a', 'b'] });
const isDone = column('done', 'boolean');
const columns = [title, price, status, labels, isDone, column('at', 'date')];

it('offers operators that fit the column', () => {
  expect(operatorsOf(title)[0]).toBe('contains');
  expect(operatorsOf(status)[0]).toBe('oneOf');
  expect(operatorsOf(labels)).toContain('containsAll');
  expect(operatorsOf(isDone)).not.toContain('less');
});

it('builds one condition alone and several joined', () => {
  const one = { column: 'title', operator: 'contains', operands: ['abc'] } as const;
  const two = { column: 'done', operator: 'equal', operands: ['true'] } as const;
  expect(filterOf({ join: 'and', conditions: [one] }, columns)).toEqual({
    column: 'title',
    operator: 'contains',
    value: 'abc',
  });
  expect(filterOf({ join: 'or', conditions: [one, two] }, columns)).toEqual({
    or: [
      { column: 'title', operator: 'contains', value: 'abc' },
      { column: 'done', operator: 'equal', value: true },
    ],
  });
});

it('leaves out what is not complete and says what is missing', () => {
  const draft = { column: 'price', operator: 'greater', operands: [] } as const;
  expect(filterOf({ join: 'and', conditions: [draft] }, columns)).toBeUndefined();
  expect(complaintAbout(draft, columns)).toBe('Give a value.');
  expect(complaintAbout({ ...draft, operands: ['ten'] }, columns)).toContain('number');
  expect(complaintAbout({ column: 'gone', operator: 'empty', operands: [] }, columns)).toBe('The column is gone.');
});

it('leaves an end of a range open and keeps decimals as text', () => {
  const draft = { column: 'price', operator: 'between', operands: ['', '10.50'] } as const;
  expect(filterOf({ join: 'and', conditions: [draft] }, columns)).toEqual({
    column: 'price',
    operator: 'between',
    value: [null, '10.50'],
  });
});

it('makes filters that the server takes, whatever the operator', () => {
  for (const candidate of columns) {
    for (const operator of operatorsOf(candidate)) {
      const sample =
        { text: 'x', decimal: '1', boolean: 'true', date: '2026-01-02', json: 'a' }[candidate.type as 'text'] ?? 'x';
      const filter = filterOf(
        { join: 'and', conditions: [{ column: candidate.name, operator, operands: [sample, sample] }] },
        columns,
      );
      expect(filter).toBeDefined();
      expect(parseFilter(filter, '/filter').ok).toBe(true);
    }
  }
});

it('keeps what fits when the column or the operator changes', () => {
  const start = startCondition(title);
  expect(changeColumn({ ...start, operator: 'empty' }, price)).toEqual({
    column: 'price',
    operator: 'empty',
    operands: [],
  });
  expect(changeColumn(start, isDone).operator).toBe('equal');
  expect(changeOperator({ column: 'price', operator: 'between', operands: ['1', '2'] }, 'less').operands).toEqual([
    '1',
  ]);
});

it('describes conditions in words', () => {
  expect(describeCondition({ column: 'at', operator: 'less', operands: ['2026-01-01'] }, columns)).toBe(
    'at is before 2026-01-01',
  );
  expect(describeCondition({ column: 'price', operator: 'between', operands: ['1', '2'] }, columns)).toBe(
    'price is between 1 and 2',
  );
});

it('reaches related rows: of one through its column, of many when at least one fits', () => {
  const album = { ...column('album.title', 'text'), relation: { name: 'album', kind: 'one' as const } };
  const plays = { ...column('plays.at', 'date'), relation: { name: 'plays', kind: 'many' as const } };
  const conditions = [
    { column: 'album.title', operator: 'contains' as const, operands: ['live'] },
    { column: 'plays.at', operator: 'greater' as const, operands: ['2030-01-01'] },
  ];
  const filter = filterOf({ join: 'and', conditions }, [title, album, plays]);
  expect(filter).toEqual({
    and: [
      { column: 'album.title', operator: 'contains', value: 'live' },
      { relation: 'plays', match: 'some', filter: { column: 'at', operator: 'greater', value: '2030-01-01' } },
    ],
  });
  expect(parseFilter(filter).ok).toBe(true);
  expect(conditions.map((condition) => describeCondition(condition, [title, album, plays]))).toEqual([
    'album.title contains live',
    'any plays.at is after 2030-01-01',
  ]);
});
