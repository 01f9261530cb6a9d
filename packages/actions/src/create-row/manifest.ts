import { defineFlowAction, tableSetting, valuesSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { rowSchema } from '../rows/settings.ts';

/** Adds a row to a table. */
export const createRowManifest = defineFlowAction({
  id: 'core/create-row',
  version: 1,
  title: 'Create row',
  description: 'Adds a row to a table. Its output has the row as stored: output.row.',
  icon: 'plus',
  category: 'Data',
  keywords: ['insert', 'add', 'new', 'save'],
  effect: 'write',
  settings: Type.Object({ data: tableSetting(), values: valuesSetting('Values') }),
  uses: { tables: [{ setting: 'data', actions: ['create'], columns: ['values/@keys'] }] },
  output: Type.Object({ row: rowSchema }),
  sample: { row: { id: 1, name: 'Ada' } },
});
