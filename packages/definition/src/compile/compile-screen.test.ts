import { expect, test } from 'vitest';
import { component, screenWith } from '../../test/sample.ts';
import { compileComponent, compileScreen } from '../index.ts';

test('bindings are parsed and found by the pointer of their text', () => {
  const compiled = compileComponent(
    'cmp_a',
    component('a', {
      settings: {
        text: 'Hi {{ user.name }}',
        plain: 'no binding',
        list: [{ 'a/b': '{{ 1 }}' }],
        shown: '\\{{ not bound }}',
      },
      visible: '{{ true }}',
      events: { click: [{ id: 'act_1', type: 'core/x', settings: { text: '{{ event }}' }, condition: '{{ false }}' }] },
    }),
  );
  expect(Object.entries(compiled.bindings).map(([path, { kind }]) => [path, kind])).toEqual([
    ['/settings/text', 'mixed'],
    ['/settings/list/0/a~1b', 'expression'],
    ['/settings/shown', 'literal'],
    ['/events/click/0/settings/text', 'expression'],
    ['/events/click/0/condition', 'expression'],
    ['/visible', 'expression'],
  ]);
  expect(compiled.problems).toBeUndefined();
});

test('a binding that does not parse is told with its pointer and has no entry', () => {
  const compiled = compileComponent('cmp_a', component('a', { settings: { text: '{{ 1 + }}' } }));
  expect(compiled.bindings).toEqual({});
  expect(Object.keys(compiled.problems ?? {})).toEqual(['/settings/text']);
});

test('an edit of one component compiles one component', () => {
  const before = screenWith({ cmp_a: component('a'), cmp_b: component('b') });
  const after = {
    ...before,
    components: { ...before.components, cmp_a: component('a', { settings: { text: 'new' } }) },
  };
  const [old, now] = [compileScreen(before), compileScreen(after)];
  expect(now.components['cmp_b']).toBe(old.components['cmp_b']);
  expect(now.components['cmp_a']).not.toBe(old.components['cmp_a']);
  expect(compileScreen(before)).toBe(old);
});
