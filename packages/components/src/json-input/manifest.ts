import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';

/** A JSON value as text, checked while typing. */
export const jsonInputManifest = defineComponent({
  id: 'core/json-input',
  version: 1,
  title: 'JSON input',
  description: 'A JSON value as text, checked while typing.',
  icon: 'braces',
  category: 'Inputs',
  keywords: ['object', 'code'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    placeholder: placeholderSetting,
    defaultValue: Type.Optional(
      setting(Type.Unknown(), { title: 'Default value', ui: { section: 'Field', editor: 'json' } }),
    ),
    rows: setting(Type.Integer({ minimum: 2, maximum: 60 }), { title: 'Lines', default: 6, ui: { section: 'Field' } }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
});
