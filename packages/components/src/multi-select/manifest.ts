import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';
import { optionSettings, optionUses } from '../inputs/option-settings.ts';

/** Several of several options: fixed ones, rows of a table or query, or those of the column. */
export const multiSelectInputManifest = defineComponent({
  id: 'core/multi-select',
  version: 1,
  title: 'Multi-select',
  description: 'Several of several options: fixed ones, rows of a table or query, or those of the column.',
  icon: 'list-check',
  category: 'Inputs',
  keywords: ['tags', 'labels', 'choices'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    ...optionSettings,
    placeholder: placeholderSetting,
    defaultValue: setting(Type.Array(Type.String()), {
      title: 'Default value',
      default: [],
      ui: { section: 'Field', editor: 'expression' },
    }),
    maxValues: Type.Optional(
      setting(Type.Integer({ minimum: 1 }), { title: 'At most', ui: { section: 'Rules', advanced: true } }),
    ),
  }),
  events: fieldEvents,
  exposes: { value: Type.Array(Type.Unknown()) },
  methods: fieldMethods,
  uses: optionUses,
});
