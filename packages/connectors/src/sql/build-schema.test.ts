import { describe, expect, it } from 'vitest';
import type { ColumnDescription } from '@fettle/sdk';
import { buildSchema, type FoundTable } from './build-schema.ts';

const column = (name: string, nullable = false): ColumnDescription => ({
  name,
  type: 'text',
  nativeType: 'text',
  nullable,
  hasDefault: false,
  generated: false,
});

const describeOne = (given: Partial<FoundTable>) =>
  buildSchema({
    tables: [
      {
        schema: undefined,
        name: 'thing',
        kind: 'table',
        writable: true,
        comment: undefined,
        columns: [column('code'), column('part'), column('note', true)],
        primaryKey: [],
        uniqueKeys: [],
        ...given,
      },
    ],
    foreignKeys: [],
    defaultSchema: undefined,
    warnings: [],
  });

describe('the structure of what was found', () => {
  it('takes no unique key for the key of rows: keys are seen by all who see rows, and a unique column may be secret', () => {
    expect(describeOne({ uniqueKeys: [['code']] }).tables[0]?.primaryKey).toEqual([]);
    expect(describeOne({ primaryKey: ['part'], uniqueKeys: [['code']] }).tables[0]?.primaryKey).toEqual(['part']);
  });

  it('leaves out columns whose names the settings of an app could not carry, and says so', () => {
    const { tables, warnings } = describeOne({ columns: [column('code'), column('{{x}}'), column('__proto__')] });
    expect(tables[0]?.columns.map(({ name }) => name)).toEqual(['code']);
    expect(warnings).toHaveLength(2);
  });
});
