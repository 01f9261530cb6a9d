import { expect, it } from 'vitest';
import { emptyApp } from '../empty-app.ts';
import type { Flow } from '../kinds/flow.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { flowRights } from './flow-rights.ts';

const catalog = {
  flowAction: () => ({ uses: { tables: [{ setting: 'data', actions: ['view'] }] } }),
} as unknown as ExtensionCatalog;

function rightsOf(settings: Readonly<Record<string, unknown>>) {
  const step = { id: 'stp_1', name: 'find', kind: 'action', type: 'core/list-rows', settings } as const;
  const flow = { id: 'flw_1', name: 'flow', trigger: { type: 'core/manual', settings: {} }, steps: [step] } as Flow;
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
