import { defineEventAction, keySetting, tableSetting, valuesSetting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Changes a row of a table. */
export const updateRowManifest = defineEventAction({
  id: 'core/update-row',
  version: 1,
  title: 'Update row',
  description: 'Changes a row of a table. The row as it is then is result in the actions that follow.',
  icon: 'pencil',
  category: 'Data',
  keywords: ['edit', 'change', 'save'],
  settings: Type.Object({
    data: tableSetting(),
    key: keySetting(
      'The row to change: a row, its key value, or key values by column. A list changes them all.',
      '{{ components.table.selectedRow }}',
    ),
    values: valuesSetting('New values'),
  }),
  uses: { tables: [{ setting: 'data', actions: ['update'], columns: ['values/@keys'] }] },
  result: Type.Record(Type.String(), Type.Unknown()),
});
