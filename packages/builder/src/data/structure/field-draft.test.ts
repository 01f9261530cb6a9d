import { expect, it } from 'vitest';
import { fieldTypes, type ColumnDescription, type TableDescription } from '@fettle/sdk';
import { typeTitle } from '../grid/column-icon.tsx';
import { columnChange, draftOfColumn, fieldGroups, nameProblem, newField, specificationOf } from './field-draft.ts';

it('offers every type of column once', () => {
  const offered = fieldGroups.flatMap(({ items }) => items.map(({ value }) => value));
  expect([...offered].sort()).toEqual([...fieldTypes].sort());
});

it('is called the same where columns are made and where they are listed', () => {
  const offered = new Map(fieldGroups.flatMap(({ items }) => items.map(({ value, label }) => [value, label])));
  const meanings = ['email', 'url', 'select', 'multiSelect', 'user', 'attachment', 'autoNumber', 'updatedBy'] as const;
  for (const meaning of meanings) expect(typeTitle('text', meaning)).toBe(offered.get(meaning));
});

it('sends only the rules that the type has', () => {
  const draft = {
    ...newField,
    name: 'made',
    type: 'createdAt',
    isRequired: true,
    isUnique: true,
    defaultText: 'x',
    options: ['a'],
    target: 't',
  } as const;
  expect(specificationOf(draft)).toEqual({ ok: true, value: { name: 'made', type: 'createdAt' } });
});

it('reads the default in the type of the column', () => {
  const field = { ...newField, name: 'x' };
  expect(specificationOf({ ...field, type: 'integer', defaultText: '5' })).toMatchObject({
    ok: true,
    value: { default: 5 },
  });
  expect(specificationOf({ ...field, type: 'decimal', defaultText: '1.50' })).toMatchObject({
    ok: true,
    value: { default: '1.50', scale: 2 },
  });
  expect(specificationOf({ ...field, type: 'boolean', defaultText: 'false' })).toMatchObject({
    ok: true,
    value: { default: false },
  });
  expect(specificationOf({ ...field, type: 'select', options: ['a'], defaultText: 'b' }).ok).toBe(false);
  expect(specificationOf({ ...field, type: 'multiSelect', options: ['a', 'b'], defaultText: 'a, b' })).toMatchObject({
    value: { default: ['a', 'b'] },
  });
});

it('asks for options and for the target of a link', () => {
  expect(specificationOf({ ...newField, name: 'x', type: 'select' }).ok).toBe(false);
  expect(specificationOf({ ...newField, name: 'x', type: 'relation' }).ok).toBe(false);
});

it('refuses names that the database would not take', () => {
  expect(nameProblem('', [])).toBeDefined();
  expect(nameProblem('1st', [])).toBeDefined();
  expect(nameProblem('Name', ['name'])).toBe('This name is taken.');
  expect(nameProblem('first_name', ['name'])).toBeUndefined();
});

it('tells a new name from new rules', () => {
  const column: ColumnDescription = {
    name: 'size',
    type: 'integer',
    nativeType: 'int',
    nullable: false,
    hasDefault: true,
    defaultValue: 3,
    generated: false,
  };
  const table: TableDescription = {
    id: 't',
    name: 't',
    kind: 'table',
    columns: [column],
    primaryKey: ['id'],
    uniqueKeys: [['size']],
    relations: [],
    writable: true,
  };
  const before = draftOfColumn(column, table);
  expect(before).toMatchObject({ type: 'integer', isRequired: true, isUnique: true, defaultText: '3' });
  expect(columnChange(before, before)).toEqual({ ok: true, value: undefined });
  expect(columnChange(before, { ...before, name: 'length' })).toEqual({ ok: true, value: { name: 'length' } });
  expect(columnChange(before, { ...before, name: 'length', isUnique: false })).toEqual({
    ok: true,
    value: { name: 'length', field: { name: 'size', type: 'integer', required: true, default: 3 } },
  });
});
