import { expect, test } from 'vitest';
import { commands, parseCommand } from './index.ts';

test.each<[string, unknown, string]>([
  ['a text', 'remove all', ''],
  ['an unknown command', { type: 'app.explode' }, '/type'],
  ['a name of the prototype', { type: 'constructor' }, '/type'],
  ['a missing member', { type: 'screen.remove' }, '/screen'],
  ['a member too many', { type: 'screen.remove', screen: 'scr_1', force: true }, '/force'],
  [
    'prototype keys',
    JSON.parse('{"type":"setting.set","screen":"scr_1","component":"cmp_1","path":"a","value":{"__proto__":1}}'),
    '/value/__proto__',
  ],
  [
    'a broken command in a batch',
    { type: 'batch', commands: [{ type: 'screen.remove', screen: 3 }] },
    '/commands/0/screen',
  ],
  ['a batch in a batch', { type: 'batch', commands: [{ type: 'batch', commands: [] }] }, '/commands/0/type'],
  ['an empty batch', { type: 'batch', commands: [] }, '/commands'],
])('refuses %s and names the place', (_name, json, path) => {
  const parsed = parseCommand(json);
  expect(parsed.ok ? [] : parsed.error.map((problem) => problem.path)).toEqual([path]);
});

test('every command has a type that is its key, a title and a closed schema', () => {
  for (const [type, definition] of Object.entries(commands)) {
    expect(definition.type).toBe(type);
    expect(definition.title).toMatch(/^[A-Z]/);
    expect(definition.schema).toMatchObject({ type: 'object', additionalProperties: false });
  }
});
