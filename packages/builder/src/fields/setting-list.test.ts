import { expect, it } from 'vitest';
import { Type } from 'typebox';
import { choice, setting } from '@fettle/sdk';
import { choicesOf, groupSettings, isSettingShown, listSettings } from './setting-list.ts';

const schema = Type.Object({
  host: setting(Type.String(), { title: 'Host', ui: { section: 'Connection' } }),
  mode: choice(['basic', 'none'], { title: 'Sign-in', default: 'none', labels: { basic: 'User and password' } }),
  user: Type.Optional(
    setting(Type.String(), { title: 'User', ui: { section: 'Connection', when: { setting: 'mode', in: ['basic'] } } }),
  ),
});

it('lists settings with titles, requirements and defaults', () => {
  const items = listSettings(schema);
  expect(items.map((item) => [item.title, item.isRequired, item.defaultValue])).toEqual([
    ['Host', true, undefined],
    ['Sign-in', true, 'none'],
    ['User', false, undefined],
  ]);
});

it('groups by section in order of first use', () => {
  expect(groupSettings(listSettings(schema)).map((group) => [group.section, group.items.length])).toEqual([
    ['Connection', 2],
    ['', 1],
  ]);
});

it('shows a setting only when another has the value it asks for, defaults included', () => {
  const items = listSettings(schema);
  const user = items[2]!;
  expect(isSettingShown(user, {}, items)).toBe(false);
  expect(isSettingShown(user, { mode: 'basic' }, items)).toBe(true);
});

it('reads choices with their labels', () => {
  expect(choicesOf(listSettings(schema)[1]!.schema)).toEqual([
    { value: 'basic', label: 'User and password' },
    { value: 'none', label: 'None' },
  ]);
});
