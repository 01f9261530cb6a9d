import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText, toneChoice } from '../setting-kinds.ts';

/** One icon. */
export const iconManifest = defineComponent({
  id: 'core/icon',
  version: 1,
  title: 'Icon',
  description: 'One icon of the set.',
  icon: 'icons',
  category: 'Display',
  keywords: ['symbol', 'pictogram'],
  settings: Type.Object({
    icon: setting(Type.String({ maxLength: 60 }), {
      title: 'Icon',
      default: 'star',
      ui: { editor: 'icon', section: 'Content' },
    }),
    label: optionalText('Description', {
      section: 'Content',
      description: 'Read out by screen readers. Leave it empty when the icon is decoration.',
    }),
    size: setting(Type.Integer({ minimum: 8, maximum: 256 }), {
      title: 'Size in pixels',
      default: 24,
      ui: { section: 'Look' },
    }),
    tone: toneChoice({ section: 'Look', default: 'neutral' }),
  }),
  events: [{ name: 'click', title: 'Click' }],
});
