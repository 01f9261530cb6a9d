import { defineEventAction, keySetting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Deletes a row of a table. */
export const deleteRowManifest = defineEventAction({
  id: 'core/delete-row',
  version: 1,
  title: 'Delete row',
  description: 'Deletes a row of a table. Let the action ask first: there is no way back.',
  icon: 'trash',
  category: 'Data',
  keywords: ['remove', 'destroy'],
  settings: Type.Object({
    data: tableSetting(),
    key: keySetting(
      'The row to delete: a row, its key value, or key values by column. A list deletes them all.',
      '{{ components.table.selectedRow }}',
    ),
  }),
  uses: { tables: [{ setting: 'data', actions: ['delete'] }] },
});
