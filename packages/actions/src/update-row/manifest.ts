import { defineFlowAction, keySetting, tableSetting, valuesSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { rowSchema } from '../rows/settings.ts';

/** Changes a row of a table. */
export const updateRowManifest = defineFlowAction({
  id: 'core/update-row',
  version: 1,
  title: 'Update row',
  description: 'Changes a row of a table. Its output has the row as stored: output.row.',
  icon: 'pencil',
  category: 'Data',
  keywords: ['edit', 'change', 'save'],
  effect: 'write',
  settings: Type.Object({
    data: tableSetting(),
    key: keySetting(
      'The row to change: a row, its key value, or key values by column. A list changes them all.',
      '{{ trigger.row }}',
    ),
    values: valuesSetting('New values'),
  }),
  uses: { tables: [{ setting: 'data', actions: ['update'], columns: ['values/@keys'] }] },
  output: Type.Object({
    row: Type.Union([rowSchema, Type.Null()]),
    rows: Type.Array(rowSchema),
    count: Type.Integer(),
  }),
  sample: { row: { id: 1, name: 'Ada' }, rows: [{ id: 1, name: 'Ada' }], count: 1 },
});
