import { setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText } from '../setting-kinds.ts';

/** Settings of what shows QR codes: whether they hold a code alone, or the address of a screen for it. */
export function qrTargetSettings(section: string) {
  return {
    screen: optionalText('Opens a screen', {
      section,
      description: 'The QR code then holds the address of this screen, with the code in its route: phones open it.',
      ui: { editor: 'screen', bindable: false },
    }),
    parameter: setting(Type.String({ maxLength: 64 }), {
      title: 'Part of the route',
      description: 'Which part of the screen’s route takes the code.',
      default: 'code',
      ui: { section, bindable: false, advanced: true },
    }),
  };
}
