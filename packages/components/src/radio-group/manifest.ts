import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings } from '../inputs/field-settings.ts';
import { optionSettings, optionUses } from '../inputs/option-settings.ts';

/** One of a few options, all in sight. */
export const radioGroupManifest = defineComponent({
  id: 'core/radio-group',
  version: 1,
  title: 'Radio group',
  description: 'One of a few options, all in sight.',
  icon: 'circle-dot',
  category: 'Inputs',
  keywords: ['choice', 'options'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    ...optionSettings,
    defaultValue: setting(Type.String(), { title: 'Default value', default: '', ui: { section: 'Field' } }),
    direction: choice(['column', 'row'], {
      title: 'Direction',
      default: 'column',
      labels: { column: 'Down', row: 'Across' },
      ui: { editor: 'segmented', section: 'Field', bindable: false },
    }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
  uses: optionUses,
});
