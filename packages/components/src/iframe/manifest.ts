import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText } from '../setting-kinds.ts';

/** Another page inside the screen. */
export const iframeManifest = defineComponent({
  id: 'core/iframe',
  version: 1,
  title: 'Embedded page',
  description: 'Another web page inside the screen, shut off from the app around it.',
  icon: 'window',
  category: 'Display',
  keywords: ['embed', 'website', 'iframe', 'video'],
  settings: Type.Object({
    url: optionalText('Address', { section: 'Content', ui: { placeholder: 'https://…' } }),
    title: setting(Type.String(), {
      title: 'Description',
      description: 'Read out by screen readers.',
      default: 'Embedded page',
      ui: { section: 'Content' },
    }),
    height: setting(Type.Integer({ minimum: 40, maximum: 4000 }), {
      title: 'Height in pixels',
      default: 360,
      ui: { section: 'Look' },
    }),
    bordered: setting(Type.Boolean(), { title: 'Border', default: true, ui: { section: 'Look' } }),
    allowScripts: setting(Type.Boolean(), {
      title: 'Let it run scripts',
      description: 'Most pages need this. They stay unable to reach into the app.',
      default: true,
      ui: { section: 'Behaviour' },
    }),
    allowFullScreen: setting(Type.Boolean(), {
      title: 'May fill the screen',
      default: false,
      ui: { section: 'Behaviour' },
    }),
  }),
});
