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

  it('is what a figure measures and its filter reads, not every column', () => {
    const stat = {
      settings: { type: 'object', properties: {} },
      uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['measureColumn'], onlyNamed: true }] },
    } as unknown as ExtensionDescription;
    const filter = { column: 'state', operator: 'equal', value: 'open' };
    const data = { kind: 'table', dataSource: 'src', table: 'people', filter };
    const columns = (settings: Record<string, unknown>) => usesOfSettings(settings, stat).tables[0]?.columns;
    expect(columns({ data })).toEqual(['state']);
    expect(columns({ data, measureColumn: 'pay' })).toEqual(['pay', 'state']);
  });
});
