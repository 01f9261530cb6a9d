import { expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { storeSampleRows } from './sample-rows.ts';

const now = Date.parse('2030-03-15T10:20:30Z');

function memory() {
  const tables: Record<string, Record<string, Json>[]> = {};
  return {
    tables,
    store: {
      create: async (table: string, rows: readonly Row[]) => {
        const list = (tables[table] ??= []);
        return rows.map((row) => {
          list.push({ id: list.length + 1, ...row });
          return list.length;
        });
      },
      update: async (table: string, changes: readonly { readonly id: Json; readonly values: Row }[]) => {
        for (const { id, values } of changes)
          Object.assign(tables[table]?.find((row) => row['id'] === id) ?? {}, values);
      },
    },
  };
}

it('fills in days, instants, people and rows, also those that come later', async () => {
  const { tables, store } = memory();
  await storeSampleRows(
    {
      tables: [
        {
          name: 'task',
          fields: [
            { name: 'parent', type: 'relation', target: 'task' },
            { name: 'last', type: 'relation', target: 'note' },
          ],
        },
        { name: 'note', fields: [{ name: 'task', type: 'relation', target: 'task' }] },
      ],
      rows: {
        task: [
          { $key: 'a', parent: { $row: 'b' }, last: { $row: 'n' } },
          { $key: 'b', by: { $user: true } },
        ],
        note: [
          { $key: 'n', task: { $row: 'b' }, day: { $date: -3 }, at: { $time: '-2d 09:30' } },
          { task: { $row: 'a' }, at: { $time: '-3h' }, next: { $time: '+45m' }, then: { $time: '0d 00:00' } },
        ],
      },
    },
    { now, user: 'ada@example.com' },
    store,
  );
  expect(tables).toEqual({
    task: [
      { id: 1, parent: 2, last: 1 },
      { id: 2, by: 'ada@example.com' },
    ],
    note: [
      { id: 1, task: 2, day: '2030-03-12', at: '2030-03-13T09:30:00.000Z' },
      {
        id: 2,
        task: 1,
        at: '2030-03-15T07:20:30.000Z',
        next: '2030-03-15T11:05:30.000Z',
        then: '2030-03-15T00:00:00.000Z',
      },
    ],
  });
});
