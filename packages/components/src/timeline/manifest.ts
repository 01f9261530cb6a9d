import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsToLoad, dataChoice, perRowText } from '../setting-kinds.ts';

const names = ['item', 'index'] as const;

/** Rows in the order they happened. */
export const timelineManifest = defineComponent({
  id: 'core/timeline',
  version: 1,
  title: 'Timeline',
  description: 'Rows as things that happened, one after the other.',
  icon: 'timeline',
  category: 'Data',
  keywords: ['history', 'activity', 'log', 'events'],
  settings: Type.Object({
    data: dataChoice(),
    columns: columnsToLoad(),
    itemTitle: perRowText(names, { title: 'What happened', ui: { section: 'Item', placeholder: '{{ item.title }}' } }),
    itemText: perRowText(names, { title: 'Text below', ui: { section: 'Item' } }),
    itemTime: perRowText(names, { title: 'When', ui: { section: 'Item', placeholder: '{{ item.created_at }}' } }),
    itemIcon: perRowText(names, {
      title: 'Icon',
      description: 'Name of an icon; may depend on the row.',
      ui: { section: 'Item', advanced: true },
    }),
    pageSize: setting(Type.Integer({ minimum: 1, maximum: 200 }), {
      title: 'Rows at a time',
      default: 20,
      ui: { section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'Nothing has happened yet',
      ui: { section: 'Data' },
    }),
  }),
  exposes: { rows: Type.Array(Type.Record(Type.String(), Type.Unknown())), isLoading: Type.Boolean() },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }] },
});
