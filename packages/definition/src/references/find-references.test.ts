import { describe, expect, test } from 'vitest';
import { appOf, component, home, query, sampleCatalog, screenWith } from '../../test/sample.ts';
import {
  findReferences,
  usesOf,
  type App,
  type ExtensionCatalog,
  type ExtensionDescription,
  type ExtensionUses,
  type Flow,
  type ReferenceTarget,
} from '../index.ts';

const app = appOf(
  [
    screenWith(
      {
        cmp_t: component('tracks', {
          type: 'core/table',
          settings: {
            data: {
              kind: 'table',
              dataSource: 'src_db',
              table: 'track',
              filter: { column: 'genre', operator: 'notEmpty' },
            },
            columns: [{ column: 'name' }],
          },
        }),
        cmp_x: component('label', {
          settings: { text: '{{ components.tracks.selectedRow.name }} {{ state.page }} {{ queries.total.data }}' },
          events: { click: [{ id: 'act_1', type: 'core/navigate', settings: { screen: home } }] },
          access: { roles: ['role_a'] },
        }),
      },
      { state: [{ id: 'sta_1', name: 'page', initial: 1 }] },
    ),
  ],
  [query('qry_t', 'total')],
);

function paths(target: ReferenceTarget): readonly string[] {
  return usesOf(app, sampleCatalog, target).map(({ from }) => from.path.replace(`/screens/${home}`, ''));
}

test.each<[ReferenceTarget, readonly string[]]>([
  [{ kind: 'component', id: 'cmp_t', screen: home }, ['/components/cmp_x/settings/text']],
  [{ kind: 'query', id: 'qry_t' }, ['/components/cmp_x/settings/text']],
  [{ kind: 'state', id: 'sta_1' }, ['/components/cmp_x/settings/text']],
  [
    { kind: 'screen', id: home },
    ['/app/home', '/app/navigation/items/0/screen', '/components/cmp_x/events/click/0/settings/screen'],
  ],
  [{ kind: 'role', id: 'role_a' }, ['/components/cmp_x/access/roles/0']],
  [{ kind: 'table', id: 'src_db/track' }, ['/components/cmp_t/settings/data/table']],
  [{ kind: 'column', id: 'src_db/track/name' }, ['/components/cmp_t/settings/columns/0/column']],
  [{ kind: 'column', id: 'src_db/track/genre' }, ['/components/cmp_t/settings/data/filter/column']],
  [{ kind: 'dataSource', id: 'src_db' }, ['/components/cmp_t/settings/data/dataSource', '/queries/qry_t/dataSource']],
])('knows who uses $kind $id', (target, expected) => {
  expect(paths(target)).toEqual(expected);
});

test('a reference says where it stands and how it refers', () => {
  const [reference] = findReferences(app, sampleCatalog).filter(({ to }) => to.kind === 'component');
  expect(reference).toEqual({
    from: { screen: home, component: 'cmp_x', path: `/screens/${home}/components/cmp_x/settings/text` },
    to: { kind: 'component', id: 'cmp_t', screen: home },
    by: 'binding',
  });
});

describe('references of flows', () => {
  const described = (id: string, uses: ExtensionUses): ExtensionDescription => ({
    id,
    version: 1,
    title: id,
    settings: { type: 'object' },
    uses,
  });
  const catalog: ExtensionCatalog = {
    ...sampleCatalog,
    eventAction: (type) => (type === 'core/start-flow' ? described(type, { flows: ['flow'] }) : undefined),
    flowAction: (type) =>
      type === 'core/update-row'
        ? described(type, { tables: [{ setting: 'data', actions: ['update'], columns: ['values/@keys'] }] })
        : type === 'core/http'
          ? described(type, {})
          : undefined,
    flowTrigger: (type) =>
      type === 'core/row' ? described(type, { tables: [{ setting: 'data', actions: ['view'] }] }) : undefined,
  };
  const data = { dataSource: 'src_db', table: 'track' };
  const flow = {
    id: 'flw_1',
    name: 'main',
    access: { roles: ['role_a'] },
    trigger: { type: 'core/row', settings: { data } },
    steps: [
      {
        id: 'stp_loop',
        name: 'loop',
        kind: 'forEach',
        rows: data,
        steps: [
          {
            id: 'stp_up',
            name: 'up',
            kind: 'action',
            type: 'core/update-row',
            settings: { data, values: { name: 1 } },
          },
        ],
      },
      // What stands under "query" here is no query of the app.
      { id: 'stp_http', name: 'http', kind: 'action', type: 'core/http', settings: { query: 'a=1' } },
      { id: 'stp_old', name: 'old', kind: 'action', type: 'gone/action', settings: { of: { query: 'qry_t' } } },
      { id: 'stp_bound', name: 'bound', kind: 'action', type: 'gone/action', settings: { query: '{{ trigger.q }}' } },
      { id: 'stp_sub', name: 'sub', kind: 'subFlow', flow: 'flw_2', mode: 'call' },
    ],
  } as unknown as Flow;
  const button = component('start', {
    events: { click: [{ id: 'act_1', type: 'core/start-flow', settings: { flow: 'flw_1' } }] },
  });
  const withFlow: App = { ...appOf([screenWith({ cmp_b: button })]), flows: { flw_1: flow } };
  const placesOf = (target: ReferenceTarget): readonly string[] =>
    usesOf(withFlow, catalog, target).map(({ from }) => from.path);

  test.each<[ReferenceTarget, readonly string[]]>([
    [
      { kind: 'table', id: 'src_db/track' },
      [
        '/flows/flw_1/trigger/settings/data/table',
        '/flows/flw_1/steps/0/rows/table',
        '/flows/flw_1/steps/0/steps/0/settings/data/table',
      ],
    ],
    [{ kind: 'column', id: 'src_db/track/name' }, ['/flows/flw_1/steps/0/steps/0/settings/values/name']],
    [{ kind: 'query', id: 'qry_t' }, ['/flows/flw_1/steps/2/settings/of/query']],
    [{ kind: 'query', id: 'a=1' }, []],
    [{ kind: 'role', id: 'role_a' }, ['/flows/flw_1/access/roles/0']],
    [{ kind: 'flow', id: 'flw_2' }, ['/flows/flw_1/steps/4/flow']],
    [{ kind: 'flow', id: 'flw_1' }, [`/screens/${home}/components/cmp_b/events/click/0/settings/flow`]],
  ])('who uses $kind $id', (target, expected) => {
    expect(placesOf(target)).toEqual(expected);
  });
});
