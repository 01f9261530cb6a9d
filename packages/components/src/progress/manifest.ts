import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText, toneChoice } from '../setting-kinds.ts';

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
    showValue: setting(Type.Boolean(), { title: 'Show the share', default: true, ui: { section: 'Look' } }),
    shape: choice(['bar', 'ring'], {
      title: 'Shape',
      default: 'bar',
      labels: { bar: 'Bar', ring: 'Ring' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    tone: toneChoice({ section: 'Look', default: 'accent' }),
  }),
});
