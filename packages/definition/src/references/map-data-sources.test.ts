import { expect, test } from 'vitest';
import { appOf, component, home, query, screenWith } from '../../test/sample.ts';
import { appToJson, mapDataSources, mapTables } from '../index.ts';

const appOn = (source: string) => {
  const data = { dataSource: source, table: 'track' };
  const app = appOf(
    [
      screenWith({
        cmp_t: component('tracks', {
          type: 'core/table',
          settings: { data: { kind: 'table', ...data }, columns: [{ column: 'name' }] },
        }),
        cmp_x: component('remove', {
          settings: { text: 'src_db' },
          events: {
            click: [
              {
                id: 'act_1',
                type: 'core/delete-row',
                settings: { data, key: '1' },
                onSuccess: [{ id: 'act_2', type: 'core/delete-row', settings: { data, key: '2' } }],
              },
            ],
          },
        }),
      }),
    ],
    [{ ...query('qry_t', 'total'), dataSource: source }],
  );
  return { ...app, access: { ...app.access, tables: { [`${source}/track`]: { view: { roles: ['basic'] } } } } };
};

test('every place that names a data source names its counterpart, and nothing else changes', () => {
  const mapped = mapDataSources(appOn('src_db'), { src_db: 'src_other' });
  expect(appToJson(mapped)).toEqual(appToJson(appOn('src_other')));
  expect(mapped.screens[home]?.components['cmp_x']?.settings['text']).toBe('src_db');
});

test('data sources without a counterpart stay', () => {
  expect(appToJson(mapDataSources(appOn('src_db'), { src_x: 'src_y' }))).toEqual(appToJson(appOn('src_db')));
});

test('every place that names a table names its counterpart, in that data source alone', () => {
  const renamed = (app: ReturnType<typeof appOn>) =>
    JSON.parse(JSON.stringify(appToJson(app)).replaceAll('track', 'track_2')) as unknown;
  const app = appOn('src_db');
  expect(appToJson(mapTables(app, 'src_db', { track: 'track_2' }))).toEqual(
    // The name of the component and its text are no table.
    JSON.parse(JSON.stringify(renamed(app)).replaceAll('track_2s', 'tracks')),
  );
  expect(appToJson(mapTables(app, 'src_other', { track: 'track_2' }))).toEqual(appToJson(app));
  expect(appToJson(mapTables(app, 'src_db', {}))).toEqual(appToJson(app));
});
