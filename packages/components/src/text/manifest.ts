import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { textAlignChoice, toneLabels, tones } from '../setting-kinds.ts';

/** Plain text. */
export const textManifest = defineComponent({
  id: 'core/text',
  version: 1,
  title: 'Text',
  description: 'Plain text, with values in it where you like.',
  icon: 'letter-t',
  category: 'Display',
  keywords: ['paragraph', 'label', 'value'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'Text', ui: { editor: 'multiline', section: 'Content' } }),
    size: choice(['small', 'normal', 'large'], {
      title: 'Size',
      default: 'normal',
      labels: { small: 'Small', normal: 'Normal', large: 'Large' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    weight: choice(['normal', 'medium', 'bold'], {
      title: 'Weight',
      default: 'normal',
      labels: { normal: 'Normal', medium: 'Medium', bold: 'Bold' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    tone: choice(['default', ...tones], {
      title: 'Colour',
      default: 'default',
      labels: { default: 'Default', ...toneLabels },
      ui: { editor: 'select', section: 'Look' },
    }),
    align: textAlignChoice('Look'),
    lines: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 50 }), {
        title: 'Lines at most',
        description: 'Longer text is cut with an ellipsis.',
        ui: { section: 'Look', advanced: true },
      }),
    ),
  }),
});
