import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsToLoad, dataChoice, perRowText } from '../setting-kinds.ts';

const names = ['item', 'index'] as const;
const rowSchema = rowOf('data');

/** Rows to tick off. */
export const checklistManifest = defineComponent({
  id: 'core/checklist',
  version: 1,
  title: 'Checklist',
  description: 'Rows to tick off, in groups, with how far it is. What a tick changes, its event says.',
  icon: 'checklist',
  category: 'Data',
  keywords: ['tasks', 'to do', 'todo', 'checkbox', 'progress', 'tick'],
  settings: Type.Object({
    data: dataChoice(),
    columns: columnsToLoad(),
    itemDone: perRowText(names, {
      title: 'Ticked',
      ui: { section: 'Item', placeholder: "{{ item.status == 'Done' }}" },
    }),
    itemTitle: perRowText(names, { title: 'Title', ui: { section: 'Item', placeholder: '{{ item.name }}' } }),
    itemDescription: perRowText(names, { title: 'Line below', ui: { section: 'Item' } }),
    itemEnd: perRowText(names, {
      title: 'At the end',
      description: 'A date, a person, a status.',
      ui: { section: 'Item' },
    }),
    itemTone: perRowText(names, {
      title: 'Colour of what stands at the end',
      description: 'neutral, accent, info, success, warning or danger; may depend on the row.',
      ui: { section: 'Item', placeholder: "{{ item.due_on < today() ? 'danger' : 'neutral' }}" },
    }),
    itemGroup: perRowText(names, {
      title: 'Group',
      description: 'Rows of the same group stand under its name. Sort the data by it.',
      ui: { section: 'Item', placeholder: '{{ item.team }}' },
    }),
    itemLocked: perRowText(names, {
      title: 'Cannot be ticked',
      description: 'For example {{ item.needs_approval }}.',
      ui: { section: 'Item', advanced: true },
    }),
    pageSize: setting(Type.Integer({ minimum: 1, maximum: 500 }), {
      title: 'Rows at a time',
      default: 100,
      ui: { section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'Nothing to do',
      ui: { section: 'Data' },
    }),
    progress: choice(['show', 'hide'], {
      title: 'How far it is',
      default: 'show',
      labels: { show: 'Show', hide: 'Hide' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
  events: [
    {
      name: 'toggle',
      title: 'Ticked or not any more',
      payload: Type.Object({ item: rowSchema, isDone: Type.Boolean() }),
    },
    { name: 'click', title: 'Click on a row', payload: Type.Object({ item: rowSchema, index: Type.Integer() }) },
  ],
  exposes: {
    rows: Type.Array(rowSchema),
    doneCount: Type.Integer(),
    isComplete: Type.Boolean(),
    isLoading: Type.Boolean(),
  },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }] },
});
