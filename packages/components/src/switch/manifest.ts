import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings } from '../inputs/field-settings.ts';

/** On or off, taking effect at once. */
export const switchInputManifest = defineComponent({
  id: 'core/switch',
  version: 1,
  title: 'Switch',
  description: 'On or off, taking effect at once.',
  icon: 'toggle-right',
  category: 'Inputs',
  keywords: ['boolean', 'toggle', 'yes', 'no'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    defaultValue: setting(Type.Boolean(), { title: 'On at first', default: false, ui: { section: 'Field' } }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Boolean() },
  methods: fieldMethods,
});
