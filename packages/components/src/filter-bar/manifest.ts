import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { dataChoice } from '../setting-kinds.ts';

/** Conditions that people put together; tables and charts follow its value. */
export const filterBarManifest = defineComponent({
  id: 'core/filter-bar',
  version: 1,
  title: 'Filter bar',
  description: 'Conditions that people put together. Bind the further filter of tables to its value.',
  icon: 'filter',
  category: 'Inputs',
  keywords: ['where', 'conditions', 'query builder', 'search'],
  settings: Type.Object({
    data: dataChoice('Data', 'The table whose columns can be filtered by.'),
    columns: setting(Type.Array(Type.String(), { maxItems: 100 }), {
      title: 'Columns',
      description: 'All columns when empty.',
      default: [],
      ui: { editor: 'columnList', section: 'Data', of: 'data', bindable: false },
    }),
  }),
  events: [{ name: 'change', title: 'Change', payload: Type.Object({ value: Type.Unknown() }) }],
  exposes: { value: Type.Unknown(), count: Type.Integer() },
  methods: [
    { name: 'setValue', title: 'Set filter' },
    { name: 'clear', title: 'Clear' },
  ],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }] },
});
