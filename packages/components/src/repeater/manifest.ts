import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsToLoad, dataChoice, gapChoice } from '../setting-kinds.ts';

/** Its children once per row. */
export const repeaterManifest = defineComponent({
  id: 'core/repeater',
  version: 1,
  title: 'Repeater',
  description: 'Shows its children once for each row of data. They use the row as item.',
  icon: 'repeat',
  category: 'Data',
  keywords: ['loop', 'list', 'cards', 'each', 'gallery'],
  settings: Type.Object({
    data: dataChoice(),
    columns: columnsToLoad(),
    pageSize: setting(Type.Integer({ minimum: 1, maximum: 200 }), {
      title: 'Rows at a time',
      default: 20,
      ui: { section: 'Data' },
    }),
    paging: choice(['more', 'pages', 'none'], {
      title: 'Further rows',
      default: 'more',
      labels: { more: 'Load more', pages: 'Pages', none: 'None' },
      ui: { editor: 'segmented', section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'No rows',
      ui: { section: 'Data' },
    }),
    arrangement: choice(['column', 'row', 'grid'], {
      title: 'Arrangement',
      default: 'column',
      labels: { column: 'Down', row: 'Across', grid: 'Grid' },
      ui: { editor: 'segmented', section: 'Layout' },
    }),
    minimumWidth: setting(Type.Integer({ minimum: 80, maximum: 1200 }), {
      title: 'Narrowest cell in pixels',
      description: 'As many columns as fit.',
      default: 240,
      ui: { section: 'Layout', when: { setting: 'arrangement', in: ['grid'] } },
    }),
    gap: gapChoice('Layout'),
  }),
  slots: [
    {
      name: 'item',
      title: 'Item',
      layout: 'stack',
      scope: { item: rowOf('data'), index: Type.Integer() },
    },
  ],
  exposes: {
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    total: Type.Optional(Type.Integer()),
    isLoading: Type.Boolean(),
  },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }] },
});
