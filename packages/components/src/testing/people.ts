import type { Row, TableDescription } from '@fettle/sdk';
import type { TestHostOptions } from '@fettle/sdk/testing';

const column = (name: string, type: TableDescription['columns'][number]['type']) => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  generated: false,
});

/** A small table of people for tests. */
export const peopleTable: TableDescription = {
  id: 'people',
  name: 'people',
  kind: 'table',
  columns: [
    column('id', 'integer'),
    column('name', 'text'),
    column('team', 'text'),
    column('joined', 'date'),
    column('pay', 'decimal'),
    column('boss_id', 'integer'),
  ],
  primaryKey: ['id'],
  uniqueKeys: [],
  relations: [{ name: 'boss', kind: 'one', table: 'people', columns: ['boss_id'], foreignColumns: ['id'] }],
  labelColumn: 'name',
  writable: true,
};

/** Five people. */
export const people: readonly Row[] = [
  { id: 1, name: 'Ada', team: 'Red', joined: '2024-01-15', pay: '100.50', boss_id: null },
  { id: 2, name: 'Ben', team: 'Red', joined: '2024-01-20', pay: '80.00', boss_id: 1 },
  { id: 3, name: 'Cleo', team: 'Blue', joined: '2024-03-02', pay: '120.00', boss_id: 1 },
  { id: 4, name: 'Dan', team: 'Blue', joined: '2024-05-09', pay: '60.25', boss_id: 3 },
  { id: 5, name: 'Eve', team: 'Blue', joined: '2024-05-30', pay: '90.00', boss_id: 3 },
];

/** Host options with the table of people. */
export const withPeople: TestHostOptions = { tables: [peopleTable], rows: { people } };

/** A data setting for all people. */
export const peopleData = { kind: 'table', dataSource: 'src_test', table: 'people' } as const;
