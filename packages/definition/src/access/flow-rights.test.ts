import { expect, it } from 'vitest';
import { emptyApp } from '../empty-app.ts';
import type { Flow } from '../kinds/flow.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { flowRights } from './flow-rights.ts';

const catalog = {
  flowAction: (type: string) => ({
    uses: {
      tables: [
        {
          setting: 'data',
          actions: ['view'],
          ...(type === 'core/aggregate-rows' ? { related: ['filter', 'groupBy'] } : {}),
        },
      ],
    },
  }),
} as unknown as ExtensionCatalog;

const step = (name: string, type: string, settings: unknown) => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type,
  settings,
});

function rightsOf(settings: Readonly<Record<string, unknown>>, ...others: readonly unknown[]) {
  const steps = [step('find', 'core/list-rows', settings), ...others];
  const flow = { id: 'flw_1', name: 'flow', trigger: { type: 'core/manual', settings: {} }, steps } as unknown as Flow;
  return flowRights(emptyApp('App'), flow, catalog).tables['ds_1/loans'];
}

const data = { dataSource: 'ds_1', table: 'loans' };

it('opens what a step chooses and reads by, related columns too', () => {
  const filter = { column: 'person.team', operator: 'equal', value: 'Red' };
  const rights = rightsOf({ data, columns: ['due_on', 'person.name'], filter });
  expect(rights?.columns).toEqual(['due_on', 'person.name', 'person.team']);
  expect([rights?.view, rights?.update]).toEqual([true, false]);
});

it('opens all columns of the table where none is chosen', () => {
  expect(rightsOf({ data })?.columns).toBe('all');
  expect(rightsOf({ data, columns: ['{{ trigger.column }}'] })?.columns).toBe('all');
});

it('keeps what one step reads of related rows when another reads all columns', () => {
  const filter = { column: 'person.team', operator: 'equal', value: 'Red' };
  const figures = step('count', 'core/aggregate-rows', { data, filter, groupBy: ['book.genre', 'due_on'] });
  const rows = { ...data, filter, sort: [{ column: 'person.name', direction: 'ascending' }] };
  const loop = { id: 'stp_each', name: 'each', kind: 'forEach', rows, steps: [] };
  expect(rightsOf({ data }, figures)).toMatchObject({ columns: 'all', related: ['book.genre', 'person.team'] });
  expect(rightsOf({ data, columns: ['person.name'] }, loop)).toMatchObject({
    columns: 'all',
    related: ['person.name', 'person.team'],
  });
  expect(rightsOf({ data })).not.toHaveProperty('related');
});
