import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsToLoad, dataChoice, perRowText } from '../setting-kinds.ts';

const names = ['item', 'index'] as const;

/** Rows as a simple list. */
export const listManifest = defineComponent({
  id: 'core/list',
  version: 1,
  title: 'List',
  description: 'Rows as a plain list: a title, a line below, a picture or icon, and something at the end.',
  icon: 'list',
  category: 'Data',
  keywords: ['rows', 'items', 'feed', 'inbox'],
  settings: Type.Object({
    data: dataChoice(),
    columns: columnsToLoad(),
    itemTitle: perRowText(names, { title: 'Title', ui: { section: 'Item', placeholder: '{{ item.name }}' } }),
    itemDescription: perRowText(names, {
      title: 'Line below',
      ui: { section: 'Item', placeholder: '{{ item.email }}' },
    }),
    itemImage: perRowText(names, {
      title: 'Picture',
      description: 'An address of a picture.',
      ui: { section: 'Item', advanced: true },
    }),
    itemIcon: Type.Optional(
      setting(Type.String({ maxLength: 60 }), { title: 'Icon', ui: { editor: 'icon', section: 'Item' } }),
    ),
    itemEnd: perRowText(names, {
      title: 'At the end',
      description: 'A date, an amount, a status.',
      ui: { section: 'Item' },
    }),
    pageSize: setting(Type.Integer({ minimum: 1, maximum: 200 }), {
      title: 'Rows at a time',
      default: 20,
      ui: { section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'No rows',
      ui: { section: 'Data' },
    }),
    look: choice(['lines', 'plain'], {
      title: 'Look',
      default: 'lines',
      labels: { lines: 'Lines', plain: 'Plain' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
  events: [
    {
      name: 'click',
      title: 'Click on a row',
      payload: Type.Object({ item: Type.Record(Type.String(), Type.Unknown()), index: Type.Integer() }),
    },
  ],
  exposes: {
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    selected: Type.Union([rowOf('data'), Type.Null()]),
    isLoading: Type.Boolean(),
  },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }] },
});
