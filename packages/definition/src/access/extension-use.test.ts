import { describe, expect, it } from 'vitest';
import type { ExtensionDescription } from '../uses.ts';
import { usesOfSettings } from './extension-use.ts';

const form = {
  uses: {
    tables: [
      {
        setting: 'fields/*/relation',
        actions: ['view'],
        columns: ['fields/*/relation/keyColumn', 'fields/*/relation/labelColumn'],
      },
    ],
  },
} as unknown as ExtensionDescription;

const relation = (table: string, keyColumn: string, labelColumn: string) => ({
  relation: { dataSource: 'src', table, keyColumn, labelColumn },
});

describe('what settings in a list open', () => {
  it('is each item’s own columns of its own table, never those of another item', () => {
    const settings = { fields: [relation('people', 'id', 'name'), relation('salary', 'number', 'month')] };
    const { tables } = usesOfSettings(settings, form);
    expect(tables.map(({ reference, columns, written }) => [reference, columns, written])).toEqual([
      ['src/people', ['id', 'name'], ['id', 'name']],
      ['src/salary', ['number', 'month'], ['number', 'month']],
    ]);
  });
});
