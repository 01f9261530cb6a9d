import { defineEventAction, tableSetting, valuesSetting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Adds a row to a table. */
export const createRowManifest = defineEventAction({
  id: 'core/create-row',
  version: 1,
  title: 'Create row',
  description: 'Adds a row to a table. The new row is result in the actions that follow.',
  icon: 'plus',
  category: 'Data',
  keywords: ['insert', 'add', 'new', 'save'],
  settings: Type.Object({ data: tableSetting(), values: valuesSetting('Values') }),
  uses: { tables: [{ setting: 'data', actions: ['create'], columns: ['values/@keys'] }] },
  result: Type.Record(Type.String(), Type.Unknown()),
});
