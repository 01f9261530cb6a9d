import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText } from '../setting-kinds.ts';

/** A picture. */
export const imageManifest = defineComponent({
  id: 'core/image',
  version: 1,
  title: 'Image',
  description: 'A picture from a web address.',
  icon: 'photo',
  category: 'Display',
  keywords: ['picture', 'photo', 'logo', 'avatar'],
  settings: Type.Object({
    url: optionalText('Address', { section: 'Content', ui: { placeholder: 'https://…' } }),
    description: optionalText('Description', {
      section: 'Content',
      description: 'Read out by screen readers. Leave it empty when the picture is decoration.',
    }),
    caption: optionalText('Caption', { section: 'Content' }),
    height: Type.Optional(
      setting(Type.Integer({ minimum: 8, maximum: 2000 }), {
        title: 'Height in pixels',
        description: 'As high as the picture when empty.',
        ui: { section: 'Look' },
      }),
    ),
    fit: choice(['contain', 'cover', 'fill'], {
      title: 'Fit',
      default: 'contain',
      labels: { contain: 'Whole', cover: 'Cut to fill', fill: 'Stretch' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    shape: choice(['square', 'rounded', 'round'], {
      title: 'Corners',
      default: 'rounded',
      labels: { square: 'Square', rounded: 'Rounded', round: 'Round' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
  events: [{ name: 'click', title: 'Click' }],
});
