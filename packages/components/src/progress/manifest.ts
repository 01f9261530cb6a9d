import { choice, dataSettingSchema, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { dataChoice, optionalText, toneChoice } from '../setting-kinds.ts';

/** How far something is. */
export const progressManifest = defineComponent({
  id: 'core/progress',
  version: 1,
  title: 'Progress',
  description: 'How far something is, as a bar or a ring.',
  icon: 'progress',
  category: 'Display',
  keywords: ['bar', 'ring', 'percent', 'gauge'],
  settings: Type.Object({
    label: optionalText('Label', { section: 'Content' }),
    value: setting(Type.Number(), { title: 'Value', default: 40, ui: { section: 'Content' } }),
    maximum: setting(Type.Number({ exclusiveMinimum: 0 }), {
      title: 'Value when complete',
      default: 100,
      ui: { section: 'Content' },
    }),
    data: dataChoice('Rows that are done', 'Their number is the value, instead of the one above.'),
    ofData: Type.Optional(
      setting(dataSettingSchema, {
        title: 'Out of these rows',
        description: 'Their number is the value when complete.',
        ui: { editor: 'data', section: 'Data', bindable: false },
      }),
    ),
    showCounts: setting(Type.Boolean(), {
      title: 'Show the numbers',
      description: 'Such as 12 of 40, before the share.',
      default: false,
      ui: { section: 'Look' },
    }),
    showValue: setting(Type.Boolean(), { title: 'Show the share', default: true, ui: { section: 'Look' } }),
    shape: choice(['bar', 'ring'], {
      title: 'Shape',
      default: 'bar',
      labels: { bar: 'Bar', ring: 'Ring' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    tone: toneChoice({ section: 'Look', default: 'accent' }),
  }),
  exposes: { value: Type.Number(), maximum: Type.Number() },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: {
    tables: [
      { setting: 'data', actions: ['view'], onlyNamed: true },
      { setting: 'ofData', actions: ['view'], onlyNamed: true },
    ],
  },
});
