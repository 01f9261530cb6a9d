import { choice, defineFlowAction, setting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { rowSchema } from '../rows/settings.ts';

/** Adds, changes or deletes many rows at once. */
export const bulkRowsManifest = defineFlowAction({
  id: 'core/bulk-rows',
  version: 1,
  title: 'Change many rows',
  description: 'Adds, changes or deletes a list of rows. Each part of 500 rows is done as a whole or not at all.',
  icon: 'stack-2',
  category: 'Data',
  keywords: ['bulk', 'batch', 'import', 'insert', 'update', 'delete'],
  effect: 'write',
  timeoutMs: 600_000,
  settings: Type.Object({
    data: tableSetting(),
    operation: choice(['create', 'update', 'delete'], {
      title: 'Do what',
      default: 'create',
      labels: { create: 'Create', update: 'Update', delete: 'Delete' },
      ui: { bindable: false },
    }),
    rows: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Rows',
        description: 'A list of rows. Rows to change or delete hold their key.',
        ui: { editor: 'expression', placeholder: '{{ steps.parse.output.rows }}' },
      }),
    ),
    returnRows: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Keep the stored rows',
        description: 'Puts the rows as stored into the output; else it holds their count only.',
        default: false,
        ui: { advanced: true, bindable: false },
      }),
    ),
  }),
  uses: {
    tables: [
      { setting: 'data', actions: ['create'], when: { setting: 'operation', in: ['create', undefined] } },
      { setting: 'data', actions: ['update'], when: { setting: 'operation', in: ['update'] } },
      { setting: 'data', actions: ['delete'], when: { setting: 'operation', in: ['delete'] } },
    ],
  },
  output: Type.Object({ count: Type.Integer(), rows: Type.Array(rowSchema) }),
  sample: { count: 2, rows: [] },
});
