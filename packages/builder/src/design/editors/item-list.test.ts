import { Type } from 'typebox';
import { expect, it } from 'vitest';
import type { SettingSchema } from '../../fields/setting-list.ts';
import { settingEdit } from '../inspector/setting-command.ts';
import { changeItem, duplicateItem, isItemList, moveItem, newItem, removeItem, titleOfItem } from './item-list.ts';

const schema = Type.Object({
  id: Type.String(),
  label: Type.Optional(Type.String()),
  function: Type.Unsafe<string>({ type: 'string', enum: ['count', 'sum'], default: 'count' }),
  column: Type.String(),
}) as unknown as SettingSchema;

const items = [
  { id: 'a', label: 'One' },
  { id: 'b', label: 'Two' },
  { id: 'c', label: 'Three' },
];

const edit = (after: unknown) =>
  settingEdit({ screen: 'scr_1', component: 'cmp_1', name: 'columns', before: items, after })?.command;

it('knows lists of objects', () => {
  expect(isItemList({ type: 'array', items: schema })).toBe(true);
  expect(isItemList({ type: 'array', items: { type: 'string' } })).toBe(false);
});

it('makes new entries with an id and what they must have', () => {
  const item = newItem(schema);
  expect(item['id']).toMatch(/^item_/);
  expect(item).not.toHaveProperty('label');
  expect(item).not.toHaveProperty('function');
  expect(newItem(schema, { column: 'city' })['column']).toBe('city');
});

it('changes one member with one command at its place', () => {
  expect(edit(changeItem(items, 1, 'label', 'Second'))).toEqual({
    type: 'setting.set',
    screen: 'scr_1',
    component: 'cmp_1',
    path: 'columns/1/label',
    value: 'Second',
  });
  expect(edit(changeItem(items, 1, 'label', undefined))).toEqual({
    type: 'setting.unset',
    screen: 'scr_1',
    component: 'cmp_1',
    path: 'columns/1/label',
  });
});

it('removes with one command at its place', () => {
  expect(edit(removeItem(items, 1))).toEqual({
    type: 'setting.unset',
    screen: 'scr_1',
    component: 'cmp_1',
    path: 'columns/1',
  });
});

it('moves and adds with one command for the list', () => {
  expect(moveItem(items, 0, 2).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  expect(moveItem(items, 2, 9).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(edit(moveItem(items, 0, 2))).toMatchObject({ type: 'setting.set', path: 'columns' });
  expect(edit([...items, { id: 'd' }])).toMatchObject({ type: 'setting.set', path: 'columns' });
});

it('gives a copy its own id, right after the original', () => {
  const copied = duplicateItem(items, 0);
  expect(copied).toHaveLength(4);
  expect(copied[1]).toMatchObject({ label: 'One' });
  expect(copied[1]?.['id']).not.toBe('a');
});

it('titles an entry by what it says', () => {
  expect(titleOfItem({ id: 'x', column: 'city' }, 0)).toBe('city');
  expect(titleOfItem({ id: 'x', label: '' }, 2)).toBe('Entry 3');
  expect(titleOfItem({ to: ['ada'] }, 1, 'Level')).toBe('Level 2');
});
