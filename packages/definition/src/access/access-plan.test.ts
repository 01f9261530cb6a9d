import { expect, test } from 'vitest';
import { appOf, component, home, query, sampleCatalog, screenWith } from '../../test/sample.ts';
import { accessPlan, compileApp, pruneApp, type App, type Component } from '../index.ts';

const admin = new Set(['admin', 'power', 'basic', 'public']);
const basic = new Set(['basic', 'public']);
const onlyAdmin = { roles: ['admin'] };
const tracks = { kind: 'table', dataSource: 'src_db', table: 'track' };

const table = (name: string, settings: Record<string, unknown>, rest: Partial<Component> = {}): Component =>
  component(name, { type: 'core/table', settings: { data: tracks, ...settings }, ...rest });

function plan(app: App, roles: ReadonlySet<string>): ReturnType<typeof accessPlan> {
  return accessPlan(app, roles, sampleCatalog);
}

function prune(app: App, roles: ReadonlySet<string>): ReturnType<typeof pruneApp> {
  return pruneApp(compileApp(app), roles, sampleCatalog);
}

test('a screen without a rule follows the rule of the app', () => {
  const app = appOf([
    screenWith({}),
    screenWith({}, { id: 'scr_two', name: 'two', route: '/two', access: { roles: ['public'] } }),
  ]);
  expect(plan(app, basic).screens).toEqual([home, 'scr_two']);
  expect(plan(app, new Set(['public'])).screens).toEqual(['scr_two']);
  expect(plan(app, new Set()).screens).toEqual([]);
});

test('a hidden component takes its subtree, its queries and its tables along', () => {
  const app = appOf(
    [
      screenWith({
        cmp_secret: component('secret', { type: 'core/stack', access: onlyAdmin, slots: { children: ['cmp_in'] } }),
        cmp_in: table('inner', { title: '{{ queries.salaries.data }}' }),
      }),
    ],
    [query('qry_s', 'salaries')],
  );
  expect(plan(app, basic)).toEqual({ screens: [home], queries: [], flows: [], tables: {} });
  expect(plan(app, admin).queries).toEqual(['qry_s']);
  const client = prune(app, basic);
  expect(Object.keys(client.screens[home]?.components ?? {})).toEqual(['cmp_root']);
  expect(client.screens[home]?.components['cmp_root']?.slots).toEqual({ children: [] });
  expect(JSON.stringify(client)).not.toMatch(/salaries|secret|inner|track|admin/);
});

test.each<[string, Partial<Component>]>([
  ['a data setting', { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' } } }],
  ['a binding', { settings: { text: 'Total: {{ queries.all.data.length }}' } }],
  ['a binding in visible', { visible: '{{ queries.all.data.length > 0 }}' }],
  [
    'a nested event action',
    {
      events: {
        click: [
          {
            id: 'act_1',
            type: 'core/navigate',
            settings: {},
            onSuccess: [
              {
                id: 'act_2',
                type: 'core/navigate',
                settings: {},
                onError: [{ id: 'act_3', type: 'core/run-query', settings: { query: 'qry_a' } }],
              },
            ],
          },
        ],
      },
    },
  ],
])('a query without a rule is open to those who see something that uses it: %s', (_name, part) => {
  const app = appOf([screenWith({ cmp_a: component('a', part) })], [query('qry_a', 'all'), query('qry_b', 'unused')]);
  expect(plan(app, basic).queries).toEqual(['qry_a']);
  expect(Object.keys(prune(app, basic).queries)).toEqual(['qry_a']);
});

test('screen events count, and a rule of the query decides alone', () => {
  const events = { open: [{ id: 'act_1', type: 'core/run-query', settings: { query: 'qry_a' } }] };
  const app = appOf([screenWith({}, { events })], [query('qry_a', 'a'), query('qry_b', 'b', { access: onlyAdmin })]);
  expect(plan(app, basic).queries).toEqual(['qry_a']);
  const ruled = appOf([screenWith({}, { events })], [query('qry_a', 'a', { access: onlyAdmin })]);
  expect(plan(ruled, basic).queries).toEqual([]);
  expect(plan(ruled, admin).queries).toEqual(['qry_a']);
});

test('a computed name opens no query', () => {
  const app = appOf(
    [screenWith({ cmp_a: component('a', { settings: { text: '{{ queries[state.which] }}' } }) })],
    [query('qry_a', 'a')],
  );
  expect(plan(app, basic).queries).toEqual([]);
});

test('rights on a table are the union of what visible components declare', () => {
  const app = appOf([
    screenWith({
      cmp_a: table('a', { columns: [{ column: 'name' }, { column: 'album.title' }] }),
      cmp_b: table('b', { columns: [{ column: 'price' }], allowEdit: true }, { access: onlyAdmin }),
    }),
  ]);
  expect(plan(app, basic).tables).toEqual({
    'src_db/track': { view: true, create: false, update: false, delete: false, columns: ['album.title', 'name'] },
  });
  expect(plan(app, admin).tables['src_db/track']).toEqual({
    view: true,
    create: false,
    update: true,
    delete: false,
    columns: ['album.title', 'name', 'price'],
    written: { create: ['album.title', 'name', 'price'], update: ['price'] },
  });
});

test('what is only shown, filtered or sorted by cannot be written', () => {
  const data = { ...tracks, sort: [{ column: 'year', direction: 'ascending' }] };
  const columns = [{ column: 'name' }, { column: 'price', editable: false }, { column: 'genre', editable: true }];
  const app = appOf([screenWith({ cmp_a: table('a', { data, columns, allowEdit: true }) })]);
  const rights = plan(app, basic).tables['src_db/track'];
  expect(rights?.columns).toEqual(['genre', 'name', 'price', 'year']);
  expect(rights?.written?.update).toEqual(['genre', 'name']);
});

test('a use without columns opens all of them, one that only deletes opens none', () => {
  const remove = { click: [{ id: 'act_1', type: 'core/delete-row', settings: { data: tracks } }] };
  const listed = table('a', { columns: [{ column: 'name' }] });
  const deleting = appOf([screenWith({ cmp_a: listed, cmp_b: component('b', { events: remove }) })]);
  expect(plan(deleting, basic).tables['src_db/track']).toMatchObject({ delete: true, columns: ['name'] });
  const open = appOf([screenWith({ cmp_a: listed, cmp_b: table('b', {}) })]);
  expect(plan(open, basic).tables['src_db/track']).toMatchObject({ columns: 'all' });
});

test('columns that the own filter and sort read come along', () => {
  const data = {
    ...tracks,
    filter: { column: 'genre', operator: 'equal', value: '{{ 1 }}' },
    sort: [{ column: 'year', direction: 'ascending' }],
  };
  const app = appOf([screenWith({ cmp_a: table('a', { data, columns: [{ column: 'name' }] }) })]);
  expect(plan(app, basic).tables['src_db/track']?.columns).toEqual(['genre', 'name', 'year']);
});

test('a condition that holds a binding gives nobody the right', () => {
  const app = appOf([screenWith({ cmp_a: table('a', { allowEdit: '{{ user.isSignedIn }}' }) })]);
  expect(plan(app, basic).tables['src_db/track']).toMatchObject({ view: true, update: false });
});

test('rules of tables decide their action, whatever components declare', () => {
  const app = appOf([screenWith({ cmp_a: table('a', { allowEdit: true, columns: [{ column: 'name' }] }) })]);
  const tables = {
    'src_db/track': { update: onlyAdmin, delete: { roles: ['basic'] } },
    'src_db/other': { view: { roles: ['basic'] } },
  };
  const ruled = { ...app, access: { ...app.access, tables } };
  expect(plan(ruled, basic).tables).toEqual({
    'src_db/other': { view: true, create: false, update: false, delete: false, columns: 'all' },
    'src_db/track': { view: true, create: false, update: false, delete: true, columns: ['name'] },
  });
});

test('a browser gets neither query texts nor rules nor links to what it may not see', () => {
  const app = appOf(
    [
      screenWith({
        cmp_a: component('a', { access: { roles: ['basic'] }, settings: { text: '{{ queries.q.data }}' } }),
      }),
      screenWith({}, { id: 'scr_boss', name: 'boss', route: '/boss', access: onlyAdmin }),
    ],
    [query('qry_q', 'q', { settings: { sql: 'select secret_column from t' }, description: 'internal note' })],
  );
  const items = [
    { id: 'nav_1', label: 'Boss room', screen: 'scr_boss' },
    { id: 'nav_2', label: 'Docs', url: 'https://example.com' },
  ];
  const client = prune(
    { ...app, app: { ...app.app, home: 'scr_boss', description: 'for us', navigation: { style: 'side', items } } },
    basic,
  );
  expect(client.app.home).toBeUndefined();
  expect(client.app.navigation.items.map(({ id }) => id)).toEqual(['nav_2']);
  expect(client.queries['qry_q']).toEqual({ id: 'qry_q', name: 'q', mode: 'read', run: 'load', parameters: [] });
  expect(JSON.stringify(client)).not.toMatch(/secret_column|internal note|Boss|scr_boss|for us|"access"/);
});

test('a root that may not be seen leaves an empty frame', () => {
  const screen = screenWith({ cmp_a: component('a', { settings: { text: 'hidden' } }) });
  screen.components['cmp_root'] = { ...screen.components['cmp_root']!, access: onlyAdmin, settings: { gap: 'secret' } };
  const client = prune(appOf([screen]), basic);
  expect(client.screens[home]?.components).toEqual({
    cmp_root: { id: 'cmp_root', type: 'core/stack', name: 'root', settings: {}, slots: {}, bindings: {} },
  });
});
