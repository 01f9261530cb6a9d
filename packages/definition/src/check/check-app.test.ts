import { expect, test } from 'vitest';
import { appOf, component, home, query, sampleCatalog, screenWith } from '../../test/sample.ts';
import { checkApp, type App, type Component } from '../index.ts';

function check(app: App): ReturnType<typeof checkApp> {
  return checkApp(app, { catalog: sampleCatalog });
}

function checkPart(part: Partial<Component>): readonly string[] {
  return check(appOf([screenWith({ cmp_a: component('a', part) })], [query('qry_a', 'tickets')])).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

test('a sound app has no problems', () => {
  expect(
    check(
      appOf(
        [screenWith({ cmp_a: component('a', { settings: { text: '{{ queries.tickets.data }}' } }) })],
        [query('qry_a', 'tickets')],
      ),
    ),
  ).toEqual([]);
});

test('a problem names its place, what is wrong and the next step', () => {
  const [problem] = check(
    appOf(
      [screenWith({ cmp_a: component('a', { settings: { text: 'Hi {{ queries.tickts.data }}' } }) })],
      [query('qry_a', 'tickets')],
    ),
  );
  expect(problem).toEqual({
    severity: 'error',
    code: 'expression.unknown-member',
    screen: home,
    component: 'cmp_a',
    path: `/screens/${home}/components/cmp_a/settings/text`,
    message: '"queries" has no "tickts".',
    hint: 'Did you mean "tickets"?',
  });
});

test.each<[string, Partial<Component>, readonly string[]]>([
  ['a binding that does not parse', { settings: { text: '{{ 1 + }}' } }, ['error expression.syntax']],
  ['a binding that never closes', { settings: { text: '{{ 1' } }, ['error expression.unclosed']],
  ['an unknown name', { settings: { text: '{{ usr.name }}' } }, ['error expression.unknown-name']],
  ['an unknown component', { visible: '{{ components.nobody.value }}' }, ['error expression.unknown-member']],
  [
    'a value that a component does not offer',
    { visible: '{{ components.a.value }}' },
    ['warning expression.unknown-member'],
  ],
  ['an event name outside an event', { settings: { text: '{{ event.row }}' } }, ['error expression.unknown-name']],
  [
    'a type that is not installed',
    { type: 'acme/map', settings: { any: '{{ whatever }}' } },
    ['error component.type-missing'],
  ],
  [
    'an action that is not installed',
    { events: { click: [{ id: 'act_1', type: 'acme/fly', settings: {} }] } },
    ['error event-action.type-missing'],
  ],
  [
    'a query that is gone',
    { events: { click: [{ id: 'act_1', type: 'core/run-query', settings: { query: 'qry_gone' } }] } },
    ['error reference.query'],
  ],
  [
    'a screen that is gone',
    { events: { click: [{ id: 'act_1', type: 'core/navigate', settings: { screen: 'scr_gone' } }] } },
    ['error reference.screen'],
  ],
  ['a role that is gone', { access: { roles: ['role_gone'] } }, ['warning reference.role']],
  ['a missing required setting', { type: 'core/table' }, ['warning setting.missing']],
  [
    'a wrong value',
    { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' }, pageSize: 'many' } },
    ['error setting.invalid'],
  ],
  [
    'a value out of bounds',
    { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' }, pageSize: 5_000 } },
    ['error setting.invalid'],
  ],
  [
    'an unknown setting',
    { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' }, colour: 'red' } },
    ['warning setting.unknown'],
  ],
  [
    'a binding where none may be',
    { type: 'core/table', settings: { data: '{{ queries.tickets }}' } },
    ['error setting.bound'],
  ],
  [
    'a right that hangs on a binding',
    { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' }, allowEdit: '{{ true }}' } },
    ['warning access.bound-condition'],
  ],
  [
    'children in a slot that is not there',
    { type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' } }, slots: { footer: [] } },
    [],
  ],
])('finds %s', (_name, part, expected) => {
  expect(checkPart(part)).toEqual(expected);
});

test('values that hold a binding are right wherever a binding may stand', () => {
  expect(
    checkPart({ type: 'core/table', settings: { data: { kind: 'query', query: 'qry_a' }, pageSize: '{{ 1 + 1 }}' } }),
  ).toEqual([]);
});

test('slots, deferred settings and events add their names', () => {
  const app = appOf([
    screenWith({
      cmp_rep: component('list', { type: 'core/repeater', slots: { item: ['cmp_in'] } }),
      cmp_in: component('cell', { settings: { text: '{{ item.name }} {{ index }}' } }),
      cmp_t: component('table', {
        type: 'core/table',
        settings: { data: { kind: 'table', dataSource: 'src_db', table: 't' }, columns: [{ text: '{{ row.name }}' }] },
        events: {
          click: [
            {
              id: 'act_1',
              type: 'core/navigate',
              settings: { to: '{{ event.row }}' },
              onSuccess: [{ id: 'act_2', type: 'core/navigate', settings: { to: '{{ result.id }}' } }],
            },
          ],
        },
      }),
    }),
  ]);
  expect(check(app)).toEqual([]);
});

test('screens that nothing leads to are named', () => {
  const app = appOf([screenWith({}), screenWith({}, { id: 'scr_lost', name: 'lost', route: '/lost' })]);
  expect(check(app).map(({ code, screen }) => [code, screen])).toEqual([['screen.unreachable', 'scr_lost']]);
});

test('query texts know their parameters and the user', () => {
  const parameters = [{ name: 'limit', type: 'integer' as const }];
  const sql = 'select * from t where owner = {{ user.email }} limit {{ limt }}';
  const app = appOf([screenWith({})], [query('qry_a', 'a', { parameters, settings: { sql } })]);
  expect(check(app)).toMatchObject([
    { severity: 'warning', query: 'qry_a', path: '/queries/qry_a/settings/sql', hint: 'Did you mean "limit"?' },
  ]);
});

test('errors come before warnings', () => {
  const app = appOf([
    screenWith({
      cmp_a: component('a', { type: 'core/table' }),
      cmp_b: component('b', { settings: { text: '{{ x }}' } }),
    }),
  ]);
  expect(check(app).map(({ severity }) => severity)).toEqual(['error', 'warning']);
});
