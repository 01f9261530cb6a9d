import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText } from '../setting-kinds.ts';
import { qrTargetSettings } from './target-settings.ts';

/** A text or an address that cameras read. */
export const qrCodeManifest = defineComponent({
  id: 'core/qr-code',
  version: 1,
  title: 'QR code',
  description: 'A text or a web address as a code that cameras read.',
  icon: 'qrcode',
  category: 'Display',
  keywords: ['barcode', 'label', 'scan', 'tag'],
  settings: Type.Object({
    value: optionalText('Holds', {
      section: 'Content',
      description: 'A text or a web address. The shorter it is, the easier it is to read.',
      ui: { placeholder: '{{ item.tag }}' },
    }),
    ...qrTargetSettings('Content'),
    caption: optionalText('Caption', { section: 'Content' }),
    size: setting(Type.Integer({ minimum: 48, maximum: 800 }), {
      title: 'Width in pixels',
      default: 160,
      ui: { section: 'Look' },
    }),
    correction: choice(['low', 'medium', 'quartile', 'high'], {
      title: 'Stays readable',
      description: 'How much of it may be dirty or torn. More makes the code finer.',
      default: 'medium',
      labels: { low: '7% lost', medium: '15% lost', quartile: '25% lost', high: '30% lost' },
      ui: { editor: 'select', section: 'Look', advanced: true },
    }),
  }),
  methods: [{ name: 'download', title: 'Save as a picture' }],
  uses: { screens: ['screen'] },
});
