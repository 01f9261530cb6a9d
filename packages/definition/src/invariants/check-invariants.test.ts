import { expect, test } from 'vitest';
import { appOf, component, home, query, root, screenWith } from '../../test/sample.ts';
import { checkInvariants, type App, type EventAction, type FlowStep, type Screen } from '../index.ts';

function codes(app: App): readonly string[] {
  return checkInvariants(app).map(({ code, path }) => `${code} ${path}`);
}

function withComponents(change: (screen: Screen) => void): App {
  const screen = screenWith({
    cmp_a: component('a'),
    cmp_b: component('b', { type: 'core/stack', slots: { children: [] } }),
  });
  change(screen);
  return appOf([screen]);
}

const action = (id: string, rest: Partial<EventAction> = {}): EventAction => ({
  id,
  type: 'core/x',
  settings: {},
  ...rest,
});

test('a sound app breaks no rule', () => {
  expect(codes(withComponents(() => undefined))).toEqual([]);
});

test.each<[string, (screen: Screen) => void, string]>([
  [
    'the root exists',
    (screen) => {
      screen.root = 'cmp_none';
    },
    `tree.no-root /screens/${home}/root`,
  ],
  [
    'every child exists',
    (screen) => {
      screen.components[root]!.slots!['children']!.push('cmp_none');
    },
    `tree.missing-child /screens/${home}/components/cmp_root/slots/children/2`,
  ],
  [
    'a component has one parent',
    (screen) => {
      screen.components['cmp_b']!.slots = { children: ['cmp_a'] };
    },
    `tree.two-places`,
  ],
  [
    'a component does not contain itself',
    (screen) => {
      screen.components['cmp_b']!.slots = { children: ['cmp_b'] };
    },
    `tree.two-places`,
  ],
  [
    'no component is an orphan',
    (screen) => {
      screen.components[root]!.slots = { children: ['cmp_b'] };
    },
    `tree.orphan /screens/${home}/components/cmp_a`,
  ],
  [
    'names are unique',
    (screen) => {
      screen.components['cmp_b']!.name = 'a';
    },
    `name.taken /screens/${home}/components/cmp_b/name`,
  ],
  [
    'names do not reach the prototype chain',
    (screen) => {
      screen.components['cmp_b']!.name = 'constructor';
    },
    `name.forbidden /screens/${home}/components/cmp_b/name`,
  ],
  [
    'routes have no empty parts',
    (screen) => {
      screen.route = '/a//b';
    },
    `route.invalid /screens/${home}/route`,
  ],
  [
    'routes name a parameter once',
    (screen) => {
      screen.route = '/:id/x/:id';
    },
    `route.invalid /screens/${home}/route`,
  ],
  [
    'event actions are valid all the way down',
    (screen) => {
      screen.events = {
        open: [action('act_1', { onError: [action('act_2', { onSuccess: [{ id: 'x' } as never] })] })],
      };
    },
    `schema.pattern /screens/${home}/events/open/0/onError/0/onSuccess/0/id`,
  ],
  [
    'event actions have ids of their own',
    (screen) => {
      screen.events = { open: [action('act_1', { onError: [action('act_1')] })] };
    },
    `id.taken /screens/${home}/events/open/0/onError/0/id`,
  ],
  [
    'filters are filters',
    (screen) => {
      screen.components['cmp_a']!.settings = {
        data: { kind: 'table', dataSource: 'src_1', table: 't', filter: { column: 'a', operator: 'drop' } },
      };
    },
    `filter.invalid /screens/${home}/components/cmp_a/settings/data/filter/operator`,
  ],
  [
    'bindings are not endless',
    (screen) => {
      screen.components['cmp_a']!.settings = { text: `{{ ${'1 + '.repeat(10_000)} 1 }}` };
    },
    `limit.expression /screens/${home}/components/cmp_a/settings/text`,
  ],
])('%s', (_rule, change, expected) => {
  expect(codes(withComponents(change)).join('\n')).toContain(expected);
});

test('components nest to a limit', () => {
  const chain = Array.from(
    { length: 80 },
    (_, index) =>
      [
        `cmp_n${index}`,
        component(`n${index}`, { type: 'core/stack', slots: { children: index < 79 ? [`cmp_n${index + 1}`] : [] } }),
      ] as const,
  );
  expect(codes(appOf([screenWith(Object.fromEntries(chain))])).join()).toContain('tree.too-deep');
});

test('a screen holds a limited number of components', () => {
  const many = Object.fromEntries(
    Array.from({ length: 5_001 }, (_, index) => [`cmp_n${index}`, component(`n${index}`)]),
  );
  expect(codes(appOf([screenWith(many)])).join()).toContain('limit.count');
});

test('screens share neither name nor route, whatever their case or parameters are called', () => {
  const screens = [
    screenWith({}, { route: '/a/:id' }),
    screenWith({}, { id: 'scr_two', name: 'Home', route: '/a/:key' }),
  ];
  expect(codes(appOf(screens))).toEqual(['name.taken /screens/scr_two/name', 'route.taken /screens/scr_two/route']);
});

test('keys are the ids of their documents', () => {
  const app = appOf([screenWith({})], [query('qry_a', 'a')]);
  expect(codes({ ...app, queries: { qry_b: query('qry_a', 'a') } })).toEqual(['id.mismatch /queries/qry_b']);
});

test('navigation opens a screen or a safe address', () => {
  const app = appOf([screenWith({})]);
  const items = [
    { id: 'nav_1', label: 'Both', screen: home, url: '/x' },
    { id: 'nav_2', label: 'Neither' },
    { id: 'nav_3', label: 'Script', url: 'javascript:alert(1)' },
    { id: 'nav_4', label: 'Other host', url: '//evil.example' },
    { id: 'nav_5', label: 'Fine', url: 'https://example.com' },
  ];
  expect(codes({ ...app, app: { ...app.app, navigation: { style: 'top', items } } })).toEqual([
    'navigation.target /app/navigation/items/0',
    'navigation.target /app/navigation/items/1',
    'navigation.address /app/navigation/items/2/url',
    'navigation.address /app/navigation/items/3/url',
  ]);
});

test('roles inherit only what exists and never themselves', () => {
  const app = appOf([screenWith({})]);
  const roles = [
    { id: 'role_a', name: 'A', inherits: ['role_b'] },
    { id: 'role_b', name: 'B', inherits: ['role_a', 'role_gone'] },
    { id: 'role_c', name: 'admin', inherits: ['basic'] },
  ];
  const found = codes({ ...app, access: { ...app.access, roles, memberRole: 'role_gone' } });
  expect(found.toSorted()).toEqual([
    'name.taken /access/roles/2/name',
    'role.cycle /access/roles/0/inherits',
    'role.cycle /access/roles/1/inherits',
    'role.missing /access/memberRole',
    'role.missing /access/roles/1/inherits/1',
  ]);
});

test('flow steps are checked however deep they stand', () => {
  const step = (id: string, rest: object): FlowStep =>
    ({ id, name: id.replace('_', ''), ...rest }) as unknown as FlowStep;
  const steps = [
    step('stp_1', {
      kind: 'branch',
      branches: [{ id: 'brn_1', condition: '{{ true }}', steps: [step('stp_2', { kind: 'jump' })] }],
    }),
    step('stp_3', {
      kind: 'try',
      steps: [step('stp_4', { kind: 'action', type: 'core/log', settings: {} })],
      catch: [step('stp_4', { kind: 'return', value: 1 })],
    }),
    step('stp_5', { kind: 'while', condition: '{{ true }}', steps: [] }),
    step('stp_6', { kind: 'wait', for: { kind: 'approval', title: 'Ok?', assignees: ['role_a'] } }),
  ];
  const app = appOf([screenWith({})]);
  const flow = { id: 'flw_1', name: 'flow', trigger: { type: 'core/webhook', settings: {} }, steps };
  expect(codes({ ...app, flows: { flw_1: flow } })).toEqual([
    'flow.kind /flows/flw_1/steps/0/branches/0/steps/0/kind',
    'flow.taken /flows/flw_1/steps/1/catch/0/id',
    'flow.taken /flows/flw_1/steps/1/catch/0/name',
    'schema.required /flows/flw_1/steps/2/limit',
  ]);
});
