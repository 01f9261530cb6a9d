import { expect, test } from 'vitest';
import { secretSetting, setting } from '@fettle/sdk';
import { Type, type TSchema } from 'typebox';
import { chooseEditor } from '../../fields/field-editor.ts';
import { listSettings, type SettingItem } from '../../fields/setting-list.ts';
import { canBind } from './bindable.ts';
import { designEditors } from './design-editors.ts';

function itemOf(schema: TSchema): SettingItem {
  const [item] = listSettings(Type.Object({ one: schema }));
  if (item === undefined) throw new TypeError('There is no setting.');
  return item;
}
const editorOf = (schema: TSchema): string | undefined => chooseEditor(designEditors, itemOf(schema))?.id;
const pair = Type.Object({ name: Type.String(), value: Type.String() });

test('pairs in a list are edited as a list, values by name as a record', () => {
  expect(editorOf(setting(Type.Array(pair), { title: 'Headers', ui: { editor: 'keyValue' } }))).toBe('items');
  expect(editorOf(setting(Type.Object({}), { title: 'Values', ui: { editor: 'keyValue' } }))).toBe('namedValues');
});

test('parameters of nothing in particular are values by free names', () => {
  const ui = { editor: 'parameters' } as const;
  expect(editorOf(setting(Type.Object({}), { title: 'Input', ui }))).toBe('namedValues');
  expect(editorOf(setting(Type.Object({}), { title: 'Input', ui: { ...ui, of: 'query' } }))).toBe('parameters');
});

test('the name of a secret is no secret, and a script is a text of its own', () => {
  expect(editorOf(secretSetting({ title: 'Token' }))).toBe('secret');
  expect(editorOf(setting(Type.String(), { title: 'Script', ui: { editor: 'code', bindable: false } }))).toBe('code');
  expect(editorOf(setting(Type.String(), { title: 'Password', ui: { secret: true } }))).toBe('password');
});

test('any JSON may be a binding as a whole', () => {
  expect(canBind(itemOf(setting(Type.Unknown(), { title: 'Body', ui: { editor: 'json' } })))).toBe(true);
  expect(canBind(itemOf(setting(Type.Object({}), { title: 'Options', ui: { editor: 'json' } })))).toBe(false);
});
