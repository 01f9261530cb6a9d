import { choice, defineFlowAction, keySetting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsSetting, rowSchema } from '../rows/settings.ts';

/** Reads one row by its key. */
export const getRowManifest = defineFlowAction({
  id: 'core/get-row',
  version: 1,
  title: 'Get row',
  description: 'Reads one row by its key.',
  icon: 'file-search',
  category: 'Data',
  keywords: ['read', 'select', 'lookup'],
  effect: 'read',
  settings: Type.Object({
    data: tableSetting(),
    key: keySetting('A row, its key value, or key values by column.', '{{ trigger.row }}'),
    whenMissing: Type.Optional(
      choice(['empty', 'fail'], {
        title: 'When there is none',
        default: 'fail',
        labels: { empty: 'Go on without', fail: 'Fail' },
        ui: { bindable: false },
      }),
    ),
    columns: columnsSetting(),
  }),
  uses: { tables: [{ setting: 'data', actions: ['view'], related: ['columns'] }] },
  output: Type.Object({ found: Type.Boolean(), row: Type.Union([rowSchema, Type.Null()]) }),
  sample: { found: true, row: { id: 1, name: 'Ada' } },
});
