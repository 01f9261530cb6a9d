import { describe, expect, it } from 'vitest';
import { requestOfColumns } from './request-columns.ts';
import { peopleTable } from './testing/people.ts';

describe('requestOfColumns', () => {
  it('asks for every column when none is chosen', () => {
    expect(requestOfColumns(undefined)).toEqual({});
    expect(requestOfColumns([])).toEqual({});
  });

  it('brings related rows along for dotted names, at any depth', () => {
    expect(requestOfColumns(['name', 'album.title', 'album.id', 'album.artist.name'])).toEqual({
      columns: ['name'],
      expand: { album: { columns: ['title', 'id'], expand: { artist: { columns: ['name'] } } } },
    });
  });

  it('knows a column whose own name has a dot', () => {
    const table = { ...peopleTable, columns: [{ ...peopleTable.columns[1]!, name: 'Serial No.' }] };
    expect(requestOfColumns(['Serial No.', 'boss.name'], table)).toEqual({
      columns: ['Serial No.'],
      expand: { boss: { columns: ['name'] } },
    });
  });
});
