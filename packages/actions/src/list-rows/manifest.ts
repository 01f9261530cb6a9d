import { defineFlowAction, setting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsSetting, filterSetting, rowSchema, sortSetting } from '../rows/settings.ts';

/** Reads rows of a table. */
export const listRowsManifest = defineFlowAction({
  id: 'core/list-rows',
  version: 1,
  title: 'Find rows',
  description: 'Reads rows of a table that match a filter. For many rows, use a loop over the table.',
  icon: 'list-search',
  category: 'Data',
  keywords: ['query', 'select', 'search', 'read', 'list'],
  effect: 'read',
  settings: Type.Object({
    data: tableSetting(),
    filter: filterSetting(),
    sort: sortSetting(),
    limit: Type.Optional(setting(Type.Integer({ minimum: 1, maximum: 10_000 }), { title: 'At most', default: 100 })),
    columns: columnsSetting(),
  }),
  uses: { tables: [{ setting: 'data', actions: ['view'], related: ['columns', 'filter', 'sort/*/column'] }] },
  output: Type.Object({
    rows: Type.Array(rowSchema),
    first: Type.Union([rowSchema, Type.Null()]),
    count: Type.Integer({ description: 'How many rows are in the output.' }),
    hasMore: Type.Boolean(),
  }),
  sample: { rows: [{ id: 1, name: 'Ada' }], first: { id: 1, name: 'Ada' }, count: 1, hasMore: false },
});
