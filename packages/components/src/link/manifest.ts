import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { iconChoice, optionalText, textAlignChoice } from '../setting-kinds.ts';

/** Leads to a screen or a web address. */
export const linkManifest = defineComponent({
  id: 'core/link',
  version: 1,
  title: 'Link',
  description: 'Leads to a screen of the app or to a web address.',
  icon: 'link',
  category: 'Navigation',
  keywords: ['anchor', 'url', 'href'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'Link', ui: { section: 'Content' } }),
    icon: iconChoice('Content'),
    target: choice(['screen', 'address'], {
      title: 'Leads to',
      default: 'screen',
      labels: { screen: 'A screen', address: 'An address' },
      ui: { editor: 'segmented', section: 'Target', bindable: false },
    }),
    screen: optionalText('Screen', {
      section: 'Target',
      ui: { editor: 'screen', bindable: false, when: { setting: 'target', in: ['screen'] } },
    }),
    params: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Parameters',
        description: 'Values for the parts of the screen’s route, e.g. id.',
        ui: { editor: 'keyValue', section: 'Target', when: { setting: 'target', in: ['screen'] } },
      }),
    ),
    url: optionalText('Address', {
      section: 'Target',
      ui: { placeholder: 'https://…', when: { setting: 'target', in: ['address'] } },
    }),
    newTab: setting(Type.Boolean(), {
      title: 'Open in a new tab',
      default: false,
      ui: { section: 'Target', when: { setting: 'target', in: ['address'] } },
    }),
    size: choice(['small', 'normal', 'large'], {
      title: 'Size',
      default: 'normal',
      labels: { small: 'Small', normal: 'Normal', large: 'Large' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    align: textAlignChoice('Look'),
  }),
  events: [{ name: 'click', title: 'Click' }],
  uses: { screens: ['screen'] },
});
