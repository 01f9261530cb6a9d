import { choice, defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Goes to a screen. */
export const navigateManifest = defineEventAction({
  id: 'core/navigate',
  version: 1,
  title: 'Go to screen',
  description: 'Opens a screen of the app, or goes back to the one before.',
  icon: 'route',
  category: 'Navigation',
  keywords: ['open', 'page', 'back', 'route'],
  settings: Type.Object({
    target: choice(['screen', 'back'], {
      title: 'Where to',
      default: 'screen',
      labels: { screen: 'A screen', back: 'Back' },
      ui: { editor: 'segmented', bindable: false },
    }),
    screen: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Screen',
        ui: { editor: 'screen', bindable: false, when: { setting: 'target', in: ['screen'] } },
      }),
    ),
    params: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Parameters',
        description: 'Values for the parts of the screen’s route, e.g. id.',
        ui: { editor: 'keyValue', of: 'screen', when: { setting: 'target', in: ['screen'] } },
      }),
    ),
  }),
  uses: { screens: ['screen'] },
});
