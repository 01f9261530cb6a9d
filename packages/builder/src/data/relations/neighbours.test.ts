import { expect, it } from 'vitest';
import type { TableDescription } from '@fettle/sdk';
import { neighboursOf } from './neighbours.ts';

it('groups links by table and by the side that points', () => {
  const table: TableDescription = {
    id: 'tracks',
    name: 'tracks',
    kind: 'table',
    columns: [],
    primaryKey: ['id'],
    uniqueKeys: [],
    writable: true,
    relations: [
      { name: 'album', kind: 'one', table: 'albums', columns: ['album_id'], foreignColumns: ['id'] },
      { name: 'first_album', kind: 'one', table: 'albums', columns: ['first_album_id'], foreignColumns: ['id'] },
      { name: 'invoice_lines', kind: 'many', table: 'invoice_lines', columns: ['id'], foreignColumns: ['track_id'] },
      {
        name: 'playlists',
        kind: 'many',
        table: 'playlists',
        columns: ['id'],
        foreignColumns: ['id'],
        through: { table: 'playlist_track', columns: ['track_id'], foreignColumns: ['playlist_id'] },
      },
    ],
  };
  expect(neighboursOf(table)).toEqual([
    { table: 'albums', side: 'out', labels: ['album_id', 'first_album_id'] },
    { table: 'invoice_lines', side: 'in', labels: ['track_id'] },
    { table: 'playlists', side: 'both', labels: ['through playlist_track'] },
  ]);
});
