import { defineFlowAction, setting, tableSetting, valuesSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { rowSchema } from '../rows/settings.ts';

/** Changes the row that has certain values, or adds it. */
export const upsertRowManifest = defineFlowAction({
  id: 'core/upsert-row',
  version: 1,
  title: 'Create or update row',
  description: 'Changes the row that matches in the columns you choose, or adds it when there is none.',
  icon: 'copy-plus',
  category: 'Data',
  keywords: ['upsert', 'merge', 'sync', 'save'],
  effect: 'write',
  settings: Type.Object({
    data: tableSetting(),
    match: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 20 }), {
        title: 'Match on',
        description: 'Columns whose values say which row it is; the primary key when none is chosen.',
        ui: { editor: 'columnList', of: 'data', bindable: false },
      }),
    ),
    values: valuesSetting('Values'),
  }),
  uses: {
    tables: [{ setting: 'data', actions: ['view', 'create', 'update'], columns: ['values/@keys', 'match/*'] }],
  },
  output: Type.Object({ row: rowSchema, created: Type.Boolean() }),
  sample: { row: { id: 1, name: 'Ada' }, created: true },
});
