import { expect, test } from 'vitest';
import { settingsReferences } from './settings-references.ts';

test('columns of a table in a list are those of the same item', () => {
  const uses = {
    tables: [
      { setting: 'data', actions: ['view'], columns: ['fields/*/column'] },
      { setting: 'fields/*/relation', actions: ['view'], columns: ['fields/*/relation/label'] },
    ],
  } as const;
  const settings = {
    data: { kind: 'table', dataSource: 'ds', table: 'album' },
    fields: [
      { column: 'artist_id', relation: { dataSource: 'ds', table: 'artist', label: 'name' } },
      { column: 'owner_id', relation: { dataSource: 'ds', table: 'people', label: 'full_name' } },
    ],
  };
  const columns = settingsReferences(settings, uses, 'scr_1').filter(({ to }) => to.kind === 'column');
  expect(columns.map(({ path, to }) => `${path} ${to.id}`)).toEqual([
    '/fields/0/column ds/album/artist_id',
    '/fields/1/column ds/album/owner_id',
    '/fields/0/relation/label ds/artist/name',
    '/fields/1/relation/label ds/people/full_name',
  ]);
});
