import { expect, test } from 'vitest';
import { appOf, component, home, query, sampleCatalog, screenWith } from '../../test/sample.ts';
import { findReferences, usesOf, type ReferenceTarget } from '../index.ts';

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
  [{ kind: 'column', id: 'src_db/track/genre' }, ['/components/cmp_t/settings/data/filter']],
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
