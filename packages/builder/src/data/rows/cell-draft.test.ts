import { expect, it } from 'vitest';
import type { ColumnDescription, TableDescription } from '@fettle/sdk';
import { changesOf, draftOf, isEditable, isNeeded, rowDraft, valueOf } from './cell-draft.ts';

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

const table: TableDescription = {
  id: 'items',
  name: 'items',
  kind: 'table',
  columns: [
    column('id', 'integer', { nullable: false, hasDefault: true }),
    column('title', 'text', { nullable: false, maxLength: 5 }),
    column('price', 'decimal'),
    column('at', 'timestamp'),
    column('extra', 'json'),
    column('made', 'timestamp', { meaning: 'createdAt' }),
    column('total', 'decimal', { generated: true }),
  ],
  primaryKey: ['id'],
  uniqueKeys: [],
  relations: [],
  writable: true,
};

it('writes only what changed', () => {
  const start = rowDraft(table, {
    id: 1,
    title: 'One',
    price: '1.50',
    at: '2026-03-28T10:00:00.000Z',
    extra: { a: 1 },
    made: null,
    total: '1',
  });
  expect(changesOf(table, start, start, false)).toEqual({ values: {}, problems: {} });
  expect(changesOf(table, start, { ...start, price: '2.00' }, false)).toEqual({
    values: { price: '2.00' },
    problems: {},
  });
});

it('brings instants, JSON and large numbers back as they were', () => {
  const at = '2026-03-28T10:00:00.000Z';
  expect(valueOf({ type: 'timestamp', nullable: true }, draftOf({ type: 'timestamp', nullable: true }, at))).toEqual({
    ok: true,
    value: at,
  });
  const json = { a: [1, 'x'] };
  expect(valueOf({ type: 'json', nullable: true }, draftOf({ type: 'json', nullable: true }, json))).toEqual({
    ok: true,
    value: json,
  });
  expect(valueOf({ type: 'integer', nullable: true }, '9007199254740993')).toEqual({
    ok: true,
    value: '9007199254740993',
  });
  expect(valueOf({ type: 'integer', nullable: true }, '42')).toEqual({ ok: true, value: 42 });
});

it('keeps a JSON text apart from JSON', () => {
  expect(draftOf({ type: 'json', nullable: true }, 'plain')).toBe('"plain"');
});

it('treats an empty input as null, except for texts', () => {
  expect(valueOf({ type: 'decimal', nullable: true }, '')).toEqual({ ok: true, value: null });
  expect(valueOf({ type: 'decimal', nullable: false }, '').ok).toBe(false);
  expect(valueOf({ type: 'text', nullable: true }, '')).toEqual({ ok: true, value: '' });
});

it('says what is wrong at its column', () => {
  const { problems } = changesOf(table, {}, { title: 'too long', price: 'x', extra: '{' }, true);
  expect(Object.keys(problems)).toEqual(['title', 'price', 'extra']);
});

it('asks of a new row what it must have and leaves out what the database fills', () => {
  expect(changesOf(table, {}, {}, true)).toEqual({ values: {}, problems: { title: 'A value is needed.' } });
  expect(changesOf(table, {}, { title: 'ok' }, true).values).toEqual({ title: 'ok' });
  expect(table.columns.filter(isNeeded).map(({ name }) => name)).toEqual(['title']);
  expect(table.columns.filter((entry) => !isEditable(entry)).map(({ name }) => name)).toEqual(['made', 'total']);
});
