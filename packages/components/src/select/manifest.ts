import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';
import { optionSettings, optionUses } from '../inputs/option-settings.ts';

/** One of several options: fixed ones, rows of a table or query, or those of the column. */
export const selectInputManifest = defineComponent({
  id: 'core/select',
  version: 1,
  title: 'Select',
  description: 'One of several options: fixed ones, rows of a table or query, or those of the column.',
  icon: 'select',
  category: 'Inputs',
  keywords: ['dropdown', 'choice', 'picker'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    ...optionSettings,
    placeholder: placeholderSetting,
    defaultValue: setting(Type.String(), { title: 'Default value', default: '', ui: { section: 'Field' } }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
  uses: optionUses,
});
