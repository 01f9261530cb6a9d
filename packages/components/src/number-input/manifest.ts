import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';

/** A number with every digit kept: whole numbers of any size and exact decimals. */
export const numberInputManifest = defineComponent({
  id: 'core/number-input',
  version: 1,
  title: 'Number input',
  description: 'A number with every digit kept: whole numbers of any size and exact decimals.',
  icon: 'number',
  category: 'Inputs',
  keywords: ['integer', 'decimal', 'amount', 'currency'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    placeholder: placeholderSetting,
    defaultValue: Type.Optional(
      setting(Type.Union([Type.Number(), Type.String()]), {
        title: 'Default value',
        ui: { section: 'Field', editor: 'number' },
      }),
    ),
    wholeNumbers: setting(Type.Boolean(), { title: 'Whole numbers only', default: false, ui: { section: 'Rules' } }),
    min: Type.Optional(
      setting(Type.Union([Type.Number(), Type.String()]), {
        title: 'At least',
        ui: { section: 'Rules', advanced: true, editor: 'number' },
      }),
    ),
    max: Type.Optional(
      setting(Type.Union([Type.Number(), Type.String()]), {
        title: 'At most',
        ui: { section: 'Rules', advanced: true, editor: 'number' },
      }),
    ),
    step: setting(Type.Integer({ minimum: 1 }), {
      title: 'Step',
      description: 'How far the arrow keys go.',
      default: 1,
      ui: { section: 'Rules', advanced: true },
    }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
});
