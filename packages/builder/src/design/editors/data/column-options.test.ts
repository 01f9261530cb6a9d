import { expect, it } from 'vitest';
import { Type } from 'typebox';
import { setting, type SchemaDescription } from '@fettle/sdk';
import {
  groupColumnOptions,
  ofTypes,
  relationOptions,
  resultColumnOptions,
  rowColumnOptions,
  tableColumnOptions,
} from './column-options.ts';
import { readDataSetting } from './data-setting.ts';
import { dependentSettings } from './dependent-settings.ts';

const column = (name: string, type: 'text' | 'integer') =>
  ({ name, type, nativeType: type, nullable: true, hasDefault: false, generated: false }) as const;
const table = { kind: 'table', primaryKey: ['id'], uniqueKeys: [], writable: true } as const;
const schema: SchemaDescription = {
  warnings: [],
  tables: [
    {
      ...table,
      id: 'track',
      name: 'track',
      columns: [column('id', 'integer'), column('title', 'text')],
      relations: [
        { name: 'album', kind: 'one', table: 'album', columns: ['album_id'], foreignColumns: ['id'] },
        { name: 'plays', kind: 'many', table: 'play', columns: ['id'], foreignColumns: ['track_id'] },
      ],
    },
    { ...table, id: 'album', name: 'album', columns: [column('name', 'text')], relations: [] },
  ],
};

it('offers the columns of a table and of the rows it links to', () => {
  const options = tableColumnOptions(schema.tables[0], schema);
  expect(options.map(({ value }) => value)).toEqual(['id', 'title', 'album.name']);
  expect(ofTypes(options, ['text']).map(({ value }) => value)).toEqual(['title', 'album.name']);
  expect(tableColumnOptions(undefined, schema)).toEqual([]);
});

it('groups by relation and keeps a chosen column that is gone in sight', () => {
  const groups = groupColumnOptions(tableColumnOptions(schema.tables[0], schema), ['title', 'gone']);
  expect(groups.map(({ group }) => group)).toEqual(['Columns', 'Album', 'Not found']);
});

it('takes columns from a result, or from rows as they are', () => {
  expect(resultColumnOptions([{ name: 'a', type: 'text' }])).toEqual([{ value: 'a', label: 'a', type: 'text' }]);
  expect(rowColumnOptions([{ a: null }, { a: 1, b: true }, 'no row'])).toEqual([
    { value: 'a', label: 'a', type: 'integer' },
    { value: 'b', label: 'b', type: 'boolean' },
  ]);
  expect(rowColumnOptions('nothing')).toEqual([]);
});

it('reads data settings and the pair of an event action', () => {
  expect(readDataSetting({ kind: 'rows', rows: '{{ [] }}' })?.kind).toBe('rows');
  expect(readDataSetting({ dataSource: 'ds_1', table: 'track' })).toEqual({
    kind: 'table',
    dataSource: 'ds_1',
    table: 'track',
  });
  expect(readDataSetting('x')).toBeUndefined();
});

it('finds the settings that name columns of other data', () => {
  const settings = Type.Object({
    data: Type.Unknown(),
    columns: setting(
      Type.Array(
        Type.Object({ column: setting(Type.String(), { title: 'Column', ui: { editor: 'column', of: 'data' } }) }),
      ),
      { title: 'Columns', default: [] },
    ),
    label: setting(Type.String(), { title: 'Label', ui: { editor: 'column', of: 'data' } }),
    title: setting(Type.String(), { title: 'Title' }),
  });
  const names = (values: Record<string, unknown>) =>
    dependentSettings(settings, values, 'data').map(({ name }) => name);
  expect(names({ columns: [{ column: 'title' }], label: 'title', title: 'x' })).toEqual(['columns', 'label']);
  expect(names({ columns: [], title: 'x' })).toEqual([]);
});

it('offers related rows to filter by, with their columns and relations in turn', () => {
  const [album] = relationOptions(schema.tables[0], schema);
  expect(album).toMatchObject({ name: 'album', label: 'Album' });
  expect(album?.columns.map(({ value }) => value)).toEqual(['name']);
  expect(album?.relations()).toEqual([]);
  expect(relationOptions(undefined, schema)).toEqual([]);
});
