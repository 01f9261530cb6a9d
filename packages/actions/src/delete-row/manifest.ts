import { choice, defineFlowAction, keySetting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Deletes a row of a table. */
export const deleteRowManifest = defineFlowAction({
  id: 'core/delete-row',
  version: 1,
  title: 'Delete row',
  description: 'Deletes a row of a table. There is no way back.',
  icon: 'trash',
  category: 'Data',
  keywords: ['remove', 'destroy'],
  effect: 'write',
  settings: Type.Object({
    data: tableSetting(),
    key: keySetting(
      'The row to delete: a row, its key value, or key values by column. A list deletes them all.',
      '{{ trigger.row }}',
    ),
    whenMissing: Type.Optional(
      choice(['fail', 'skip'], {
        title: 'When it is gone already',
        default: 'fail',
        labels: { fail: 'Fail', skip: 'Go on' },
        ui: { bindable: false },
      }),
    ),
  }),
  uses: { tables: [{ setting: 'data', actions: ['delete'] }] },
  output: Type.Object({ count: Type.Integer({ description: 'How many rows were deleted.' }) }),
  sample: { count: 1 },
});
