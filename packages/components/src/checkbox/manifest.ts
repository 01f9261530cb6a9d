import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings } from '../inputs/field-settings.ts';

/** Yes or no, as a box to tick. */
export const checkboxInputManifest = defineComponent({
  id: 'core/checkbox',
  version: 1,
  title: 'Checkbox',
  description: 'Yes or no, as a box to tick.',
  icon: 'checkbox',
  category: 'Inputs',
  keywords: ['boolean', 'toggle', 'yes', 'no'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    defaultValue: setting(Type.Boolean(), { title: 'Ticked at first', default: false, ui: { section: 'Field' } }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Boolean() },
  methods: fieldMethods,
});
