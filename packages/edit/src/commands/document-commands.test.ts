import { expect, test } from 'vitest';
import { checkApp, type Query, type Screen } from '@fettle/definition';
import { appWith, component, edit, home, refusal, sampleCatalog } from '../../test/sample.ts';

const query: Query = {
  id: 'qry_a',
  name: 'tickets',
  dataSource: 'src_1',
  kind: 'sql',
  settings: { sql: 'select 1' },
  parameters: [],
  mode: 'read',
  run: 'load',
};
const screen: Screen = {
  id: 'scr_two',
  name: 'second',
  title: 'Two',
  route: '/two/:id',
  root: 'cmp_r',
  components: { cmp_r: component('root', { type: 'core/stack' }) },
};
const app = edit(
  appWith(
    {
      cmp_a: component('a', {
        settings: { text: '{{ queries.tickets.data }} {{ state.page }}', flag: 'sta_1' },
        type: 'core/button',
      }),
    },
    { state: [{ id: 'sta_1', name: 'page', initial: 1 }] },
  ),
  {
    type: 'batch',
    commands: [
      { type: 'query.add', query },
      { type: 'screen.add', screen },
    ],
  },
);

test.each([
  ['a taken id', { ...screen, name: 'other', route: '/o' }, 'screen.id-taken'],
  ['a taken name, whatever its case', { ...screen, id: 'scr_x', name: 'SECOND', route: '/o' }, 'name.taken'],
  [
    'a taken route, whatever its parameters are called',
    { ...screen, id: 'scr_x', name: 'other', route: '/two/:key' },
    'route.taken',
  ],
  ['a malformed route', { ...screen, id: 'scr_x', name: 'other', route: '/a//b' }, 'route.invalid'],
  ['a broken tree', { ...screen, id: 'scr_x', name: 'other', route: '/o', root: 'cmp_gone' }, 'tree.no-root'],
])('screen.add refuses %s', (_name, added, code) => {
  expect(refusal(app, { type: 'screen.add', screen: added })).toBe(code);
});

test('screen.remove takes its navigation along and keeps the last screen', () => {
  const after = edit(app, { type: 'screen.remove', screen: home });
  expect(after.app.home).toBeUndefined();
  expect(after.app.navigation.items).toEqual([]);
  expect(refusal(after, { type: 'screen.remove', screen: 'scr_two' })).toBe('screen.last');
});

test('screen.rename and screen.update change the screen and refuse what is taken', () => {
  expect(edit(app, { type: 'screen.rename', screen: home, name: 'start' }).screens[home]?.name).toBe('start');
  expect(refusal(app, { type: 'screen.rename', screen: home, name: 'second' })).toBe('name.taken');
  const changed = edit(app, {
    type: 'screen.update',
    screen: home,
    changes: { title: 'Start', icon: 'home', access: { roles: ['admin'] } },
  });
  expect(changed.screens[home]).toMatchObject({ title: 'Start', icon: 'home', access: { roles: ['admin'] } });
  const back = edit(changed, { type: 'screen.update', screen: home, changes: { icon: null, access: null } });
  expect(back.screens[home]).not.toHaveProperty('icon');
  expect(refusal(app, { type: 'screen.update', screen: home, changes: { route: '/two/:x' } })).toBe('route.taken');
});

test('screen.duplicate gives state and what refers to it new ids', () => {
  const after = edit(app, {
    type: 'screen.duplicate',
    screen: home,
    id: 'scr_copy',
    name: 'copy',
    route: '/copy',
    ids: { sta_1: 'sta_9', cmp_a: 'cmp_z' },
  });
  const copy = after.screens['scr_copy'];
  expect(copy?.state?.[0]?.id).toBe('sta_9');
  expect(copy?.components['cmp_z']?.settings['flag']).toBe('sta_9');
  expect(copy?.components['cmp_root']?.slots).toEqual({ children: ['cmp_z'] });
});

test('query.rename rewrites every expression of the app', () => {
  const after = edit(app, { type: 'query.rename', query: 'qry_a', name: 'issues' });
  expect(after.screens[home]?.components['cmp_a']?.settings['text']).toBe('{{ queries.issues.data }} {{ state.page }}');
  expect(checkApp(after, { catalog: sampleCatalog }).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('query.update changes members, query.remove leaves what used it to be named', () => {
  expect(
    edit(app, { type: 'query.update', query: 'qry_a', changes: { settings: { sql: 'select 2' }, mode: 'write' } })
      .queries['qry_a'],
  ).toMatchObject({ settings: { sql: 'select 2' }, mode: 'write' });
  expect(refusal(app, { type: 'query.add', query: { ...query, id: 'qry_b', name: 'Tickets' } })).toBe('name.taken');
  const after = edit(app, { type: 'query.remove', query: 'qry_a' });
  expect(checkApp(after, { catalog: sampleCatalog }).map(({ code, component: id }) => [code, id])).toContainEqual([
    'expression.unknown-member',
    'cmp_a',
  ]);
});

test('state.set renames a variable that keeps its id', () => {
  const after = edit(app, { type: 'state.set', screen: home, variables: [{ id: 'sta_1', name: 'sheet', initial: 2 }] });
  expect(after.screens[home]?.components['cmp_a']?.settings['text']).toBe(
    '{{ queries.tickets.data }} {{ state.sheet }}',
  );
  expect(after.screens[home]?.state).toEqual([{ id: 'sta_1', name: 'sheet', initial: 2 }]);
});

test('state.set of the app leaves screens alone that hide the variable', () => {
  const withState = edit(app, { type: 'state.set', variables: [{ id: 'sta_app', name: 'page', initial: 0 }] });
  const after = edit(withState, { type: 'state.set', variables: [{ id: 'sta_app', name: 'other', initial: 0 }] });
  expect(after.screens[home]?.components['cmp_a']?.settings['text']).toContain('state.page');
  expect(edit(after, { type: 'state.set', variables: [] }).app).not.toHaveProperty('state');
});

test('theme, navigation and app are set', () => {
  const items = [{ id: 'nav_x', label: 'Docs', url: 'https://example.com' }];
  const after = edit(app, {
    type: 'batch',
    commands: [
      { type: 'theme.set', theme: { primary: '#112233' } },
      { type: 'navigation.set', navigation: { style: 'none', items } },
      { type: 'app.update', changes: { name: 'Renamed', home: 'scr_two' } },
    ],
  });
  expect(after).toMatchObject({
    theme: { primary: '#112233' },
    app: { name: 'Renamed', home: 'scr_two', navigation: { style: 'none', items } },
  });
  expect(refusal(app, { type: 'app.update', changes: { home: 'scr_gone' } })).toBe('edit.missing');
  expect(
    refusal(app, {
      type: 'navigation.set',
      navigation: { style: 'top', items: [{ id: 'nav_x', label: 'X', url: 'javascript:1' }] },
    }),
  ).toBe('navigation.address');
});

test('roles are added, renamed, inherited and removed, never in a circle', () => {
  const role = { id: 'role_a', name: 'Auditor', inherits: ['basic'] };
  const two = edit(app, {
    type: 'batch',
    commands: [
      { type: 'role.add', role },
      { type: 'role.add', role: { id: 'role_b', name: 'Boss', inherits: ['role_a'] } },
    ],
  });
  expect(refusal(two, { type: 'role.update', role: 'role_a', changes: { inherits: ['role_b'] } })).toBe('role.cycle');
  expect(refusal(two, { type: 'role.rename', role: 'role_a', name: 'boss' })).toBe('name.taken');
  expect(refusal(two, { type: 'role.add', role: { ...role, id: 'role_c' } })).toBe('name.taken');
  expect(edit(two, { type: 'role.rename', role: 'role_a', name: 'Checker' }).access.roles[0]?.name).toBe('Checker');
  const after = edit(two, { type: 'role.remove', role: 'role_a' });
  expect(after.access.roles).toEqual([{ id: 'role_b', name: 'Boss', inherits: [] }]);
  const member = edit(two, { type: 'access.update', changes: { memberRole: 'role_a', allowVisitors: true } });
  expect(refusal(member, { type: 'role.remove', role: 'role_a' })).toBe('role.in-use');
});

test('access.update sets rules of tables and takes them away', () => {
  const tables = { 'src_1/public.t': { delete: { roles: ['admin'] } } };
  const after = edit(app, { type: 'access.update', changes: { tables, defaultScreen: { roles: ['public'] } } });
  expect(after.access).toMatchObject({ tables, defaultScreen: { roles: ['public'] } });
  expect(edit(after, { type: 'access.update', changes: { tables: null } }).access).not.toHaveProperty('tables');
  expect(refusal(app, { type: 'access.update', changes: { tables: { nowhere: {} } } })).toBe('table.reference');
});

test('patch.apply refuses patches that lead nowhere or break the app', () => {
  expect(
    refusal(app, { type: 'patch.apply', patches: [{ op: 'remove', path: ['screens', 'scr_gone', 'name'] }] }),
  ).toBe('patch.place');
  expect(
    refusal(app, { type: 'patch.apply', patches: [{ op: 'remove', path: ['screens', home, 'components', 'cmp_a'] }] }),
  ).toBe('tree.missing-child');
  expect(refusal(app, { type: 'patch.apply', patches: [{ op: 'add', path: ['owner'], value: 'me' }] })).toBe(
    'schema.unknown-key',
  );
});
