import { choice, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { numberStyles } from './format-value.ts';

/** Settings that say how a number is written. */
export function numberFormatSettings(section: string) {
  return {
    format: choice(numberStyles, {
      title: 'Number format',
      default: 'plain',
      labels: { plain: 'Plain', compact: 'Short (1.2K)', percent: 'Percent (0.25 is 25 %)', currency: 'Currency' },
      ui: { editor: 'select', section },
    }),
    currency: Type.Optional(
      setting(Type.String({ maxLength: 3 }), {
        title: 'Currency code',
        default: 'EUR',
        ui: { section, placeholder: 'EUR', when: { setting: 'format', in: ['currency'] } },
      }),
    ),
    decimals: Type.Optional(
      setting(Type.Integer({ minimum: 0, maximum: 10 }), { title: 'Decimals', ui: { section, advanced: true } }),
    ),
  };
}
