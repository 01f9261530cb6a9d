import type { ColumnDescription, Row, TableDescription } from '@fettle/sdk';
import type { TestDataOptions } from '@fettle/sdk/testing';

function column(
  name: string,
  type: ColumnDescription['type'],
  extra: Partial<ColumnDescription> = {},
): ColumnDescription {
  return { name, type, nativeType: type, nullable: true, hasDefault: false, generated: false, ...extra };
}

const needed = { nullable: false } as const;
const key = column('id', 'integer', { nullable: false, hasDefault: true });

/** Songs: a column of most types, a relation, an enum. */
export const trackTable: TableDescription = {
  id: 'tracks',
  name: 'tracks',
  kind: 'table',
  writable: true,
  primaryKey: ['id'],
  uniqueKeys: [],
  labelColumn: 'name',
  columns: [
    key,
    column('name', 'text', { ...needed, maxLength: 40 }),
    column('album_id', 'integer'),
    column('milliseconds', 'integer', needed),
    column('unit_price', 'decimal', { ...needed, precision: 10, scale: 2 }),
    column('added_on', 'date'),
    column('rated', 'boolean'),
    column('state', 'enum', { options: ['live', 'draft'] }),
    column('notes', 'longText'),
    column('extra', 'json'),
    column('cover', 'binary'),
  ],
  relations: [{ name: 'album', kind: 'one', table: 'albums', columns: ['album_id'], foreignColumns: ['id'] }],
};

/** What the songs are on. */
export const albumTable: TableDescription = {
  id: 'albums',
  name: 'albums',
  kind: 'table',
  writable: true,
  primaryKey: ['id'],
  uniqueKeys: [],
  labelColumn: 'title',
  columns: [key, column('title', 'text', needed)],
  relations: [],
};

/** 30 albums. */
export const albums: readonly Row[] = Array.from({ length: 30 }, (_, index) => ({
  id: index + 1,
  title: index === 0 ? 'Restless' : `Album ${String(index + 1).padStart(2, '0')}`,
}));

/** 23 songs. */
export const tracks: readonly Row[] = Array.from({ length: 23 }, (_, index) => ({
  id: index + 1,
  name: index === 0 ? 'Restless and Wild' : `Song ${index + 1}`,
  album_id: (index % 3) + 1,
  milliseconds: 343_719 + index * 10_000,
  unit_price: '0.99',
  added_on: '2026-03-29',
  rated: index % 2 === 0,
  state: index % 2 === 0 ? 'live' : null,
  notes: null,
  extra: null,
}));

/** A test host over songs and albums, fresh for each test. */
export function music(): TestDataOptions {
  return { tables: [trackTable, albumTable], rows: { tracks, albums } };
}
