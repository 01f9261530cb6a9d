import { expect, test } from 'vitest';
import { appWith, component, edit, home, refusal, root, sampleCatalog } from '../../test/sample.ts';
import { applyCommand } from '../index.ts';

const box = (children: string[]): ReturnType<typeof component> =>
  component('box', { type: 'core/stack', slots: { children } });
const app = appWith({
  cmp_box: box(['cmp_in']),
  cmp_in: component('inner'),
  cmp_a: component('a'),
  cmp_b: component('b'),
});
const children = (of: typeof app, parent = root): readonly string[] | undefined =>
  of.screens[home]?.components[parent]?.slots?.['children'];
const part = (of: typeof app, id: string) => of.screens[home]?.components[id];

test('component.add puts a subtree at its place', () => {
  const components = {
    cmp_n: component('fresh', { type: 'core/stack', slots: { children: ['cmp_m'] } }),
    cmp_m: component('deep'),
  };
  const after = edit(app, {
    type: 'component.add',
    screen: home,
    parent: root,
    slot: 'children',
    index: 1,
    root: 'cmp_n',
    components,
  });
  expect(children(after)).toEqual(['cmp_box', 'cmp_n', 'cmp_a', 'cmp_b']);
  expect(part(after, 'cmp_m')?.name).toBe('deep');
});

test('component.add notes the version of settings that are above 1', () => {
  const add = (type: string) =>
    edit(app, {
      type: 'component.add',
      screen: home,
      parent: root,
      slot: 'children',
      root: 'cmp_n',
      components: { cmp_n: component('n', { type }) },
    });
  expect(add('core/table').extensions).toEqual({ 'component:core/table': 3 });
  expect(add('core/text').extensions).toBeUndefined();
});

test.each([
  ['an id that is taken', { root: 'cmp_a', components: { cmp_a: component('new') } }, 'component.id-taken'],
  ['a name that is taken', { root: 'cmp_n', components: { cmp_n: component('a') } }, 'name.taken'],
  ['a root without data', { root: 'cmp_n', components: {} }, 'component.root'],
  ['an orphan', { root: 'cmp_n', components: { cmp_n: component('n'), cmp_m: component('m') } }, 'tree.orphan'],
  [
    'a parent that is gone',
    { parent: 'cmp_gone', root: 'cmp_n', components: { cmp_n: component('n') } },
    'edit.missing',
  ],
])('component.add refuses %s', (_name, rest, code) => {
  expect(refusal(app, { type: 'component.add', screen: home, parent: root, slot: 'children', ...rest })).toBe(code);
});

test('component.move keeps the given order and counts among those that stay', () => {
  const after = edit(app, {
    type: 'component.move',
    screen: home,
    components: ['cmp_b', 'cmp_box'],
    parent: root,
    slot: 'children',
    index: 1,
  });
  expect(children(after)).toEqual(['cmp_a', 'cmp_b', 'cmp_box']);
  expect(
    children(
      edit(app, {
        type: 'component.move',
        screen: home,
        components: ['cmp_a', 'cmp_b'],
        parent: 'cmp_box',
        slot: 'children',
        index: 0,
      }),
      'cmp_box',
    ),
  ).toEqual(['cmp_a', 'cmp_b', 'cmp_in']);
});

test('component.move refuses the root and a place inside the moved one', () => {
  expect(
    refusal(app, { type: 'component.move', screen: home, components: ['cmp_box'], parent: 'cmp_in', slot: 'children' }),
  ).toBe('component.into-itself');
  expect(
    refusal(app, { type: 'component.move', screen: home, components: [root], parent: 'cmp_box', slot: 'children' }),
  ).toBe('component.root');
});

test('component.duplicate copies a subtree whose parts refer to one another', () => {
  const start = appWith({
    cmp_box: box(['cmp_in', 'cmp_go']),
    cmp_in: component('inner'),
    cmp_go: component('go', {
      type: 'core/button',
      settings: { target: 'cmp_in', text: '{{ components.inner.value }} {{ components.other.value }}' },
    }),
    cmp_o: component('other'),
  });
  const ids = { cmp_box: 'cmp_box9', cmp_in: 'cmp_in9', cmp_go: 'cmp_go9' };
  const after = edit(start, { type: 'component.duplicate', screen: home, components: ['cmp_box', 'cmp_in'], ids });
  expect(children(after)).toEqual(['cmp_box', 'cmp_box9', 'cmp_o']);
  expect(part(after, 'cmp_go9')).toMatchObject({
    name: 'go2',
    settings: { target: 'cmp_in9', text: '{{ components.inner2.value }} {{ components.other.value }}' },
  });
  expect(part(after, 'cmp_go')?.settings['target']).toBe('cmp_in');
});

test('component.remove takes the subtree along and refuses the root', () => {
  const after = edit(app, { type: 'component.remove', screen: home, components: ['cmp_box', 'cmp_in', 'cmp_b'] });
  expect(Object.keys(after.screens[home]?.components ?? {})).toEqual([root, 'cmp_a']);
  expect(refusal(app, { type: 'component.remove', screen: home, components: [root] })).toBe('component.root');
});

test('component.rename rewrites every expression of the screen and nothing else', () => {
  const start = appWith({
    cmp_a: component('a'),
    cmp_b: component('b', {
      settings: {
        text: 'a {{ components.a.value + components["a"].x }}',
        plain: 'components.a',
        other: '{{ components.ab.a }}',
      },
      visible: '{{ list.map((components) => components.a) }}',
      events: { click: [{ id: 'act_1', type: 'core/show', settings: { text: '{{ components.a.v }}' } }] },
    }),
  });
  const after = edit(start, { type: 'component.rename', screen: home, component: 'cmp_a', name: 'amount' });
  expect(part(after, 'cmp_b')).toMatchObject({
    settings: {
      text: 'a {{ components.amount.value + components["amount"].x }}',
      plain: 'components.a',
      other: '{{ components.ab.a }}',
    },
    visible: '{{ list.map((components) => components.a) }}',
    events: { click: [{ settings: { text: '{{ components.amount.v }}' } }] },
  });
  expect(refusal(start, { type: 'component.rename', screen: home, component: 'cmp_a', name: 'b' })).toBe('name.taken');
  expect(refusal(start, { type: 'component.rename', screen: home, component: 'cmp_a', name: 'constructor' })).toBe(
    'name.forbidden',
  );
});

test('setting.set and setting.unset reach places inside settings', () => {
  const set = (of: typeof app, path: string, value: unknown) =>
    edit(of, { type: 'setting.set', screen: home, component: 'cmp_a', path, value });
  let after = set(app, 'columns/0/label', 'Name');
  after = set(after, 'columns/1', { label: 'Age' });
  after = set(after, 'badge/tone', 'info');
  expect(part(after, 'cmp_a')?.settings).toEqual({
    columns: [{ label: 'Name' }, { label: 'Age' }],
    badge: { tone: 'info' },
  });
  after = edit(after, { type: 'setting.unset', screen: home, component: 'cmp_a', path: 'columns/0' });
  after = edit(after, { type: 'setting.unset', screen: home, component: 'cmp_a', path: 'badge' });
  expect(part(after, 'cmp_a')?.settings).toEqual({ columns: [{ label: 'Age' }] });
});

test.each(['__proto__/x', 'constructor', 'columns/7', 'text/deep', 'a//b'])(
  'setting.set refuses the path %s',
  (path) => {
    const start = appWith({ cmp_a: component('a', { settings: { columns: [], text: 'plain' } }) });
    expect(refusal(start, { type: 'setting.set', screen: home, component: 'cmp_a', path, value: 1 })).toBe(
      'setting.path',
    );
  },
);

test('layout, visibility, access and events are set as a whole and taken away again', () => {
  const at = { screen: home, component: 'cmp_a' };
  const events = { id: 'act_1', type: 'core/show', settings: {} };
  const on = [
    { type: 'layout.set' as const, ...at, layout: { span: { base: 6 } } },
    { type: 'visible.set' as const, ...at, visible: '{{ true }}' },
    { type: 'componentAccess.set' as const, ...at, access: { roles: ['admin'] } },
    { type: 'events.set' as const, ...at, event: 'click', actions: [events] },
  ];
  const after = edit(app, { type: 'batch', commands: on });
  expect(part(after, 'cmp_a')).toEqual({
    ...component('a'),
    layout: { span: { base: 6 } },
    visible: '{{ true }}',
    access: { roles: ['admin'] },
    events: { click: [events] },
  });
  expect(after.extensions).toEqual({ 'event-action:core/show': 2 });
  const off = [
    { type: 'layout.set' as const, ...at, layout: null },
    { type: 'visible.set' as const, ...at, visible: null },
    { type: 'componentAccess.set' as const, ...at, access: null },
    { type: 'events.set' as const, ...at, event: 'click', actions: [] },
  ];
  expect(part(edit(after, { type: 'batch', commands: off }), 'cmp_a')).toEqual(component('a'));
});

test('what a command does not touch keeps its identity, and the old app stays as it was', () => {
  const applied = applyCommand(
    app,
    { type: 'setting.set', screen: home, component: 'cmp_a', path: 'text', value: 'x' },
    { catalog: sampleCatalog },
  );
  expect(applied.ok && part(applied.value.app, 'cmp_b')).toBe(part(app, 'cmp_b'));
  expect(applied.ok && applied.value.app.access).toBe(app.access);
  expect(part(app, 'cmp_a')?.settings).toEqual({});
  expect(applied.ok && applied.value.patches).toEqual([
    { op: 'add', path: ['screens', home, 'components', 'cmp_a', 'settings', 'text'], value: 'x' },
  ]);
});

test('a batch is all or nothing', () => {
  const commands = [
    { type: 'visible.set' as const, screen: home, component: 'cmp_a', visible: '{{ 1 }}' },
    { type: 'visible.set' as const, screen: home, component: 'cmp_gone', visible: '{{ 1 }}' },
  ];
  expect(refusal(app, { type: 'batch', commands })).toBe('edit.missing');
});
