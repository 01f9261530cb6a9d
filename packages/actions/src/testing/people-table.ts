import type { Row, TableDescription } from '@fettle/sdk';

const column = (name: string, type: 'integer' | 'text') => ({
  name,
  type,
  nativeType: type,
  nullable: name !== 'id',
  hasDefault: name === 'id',
  generated: false,
});

/** A table for tests of actions. */
export const people: TableDescription = {
  id: 'people',
  name: 'people',
  kind: 'table',
  columns: [column('id', 'integer'), column('name', 'text'), column('team', 'text'), column('age', 'integer')],
  primaryKey: ['id'],
  uniqueKeys: [],
  relations: [],
  writable: true,
};

export const peopleRows: readonly Row[] = [
  { id: 1, name: 'Ada', team: 'red', age: 36 },
  { id: 2, name: 'Bob', team: 'blue', age: 51 },
  { id: 3, name: 'Cy', team: 'red', age: 20 },
];

/** The setting `data` that names it. */
export const peopleData = { dataSource: 'ds_1', table: 'people' } as const;

/** Options of a test context that holds it. */
export const withPeople = { tables: [people], rows: { people: peopleRows } } as const;
