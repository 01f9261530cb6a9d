import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Codes one after the other, from a camera, a hand scanner or typed. */
export const scannerManifest = defineComponent({
  id: 'core/scanner',
  version: 1,
  title: 'Scanner',
  description: 'Reads codes one after the other: QR codes by the camera, any code by a hand scanner, or typed.',
  icon: 'scan',
  category: 'Inputs',
  keywords: ['qr', 'barcode', 'camera', 'stock', 'inventory'],
  settings: Type.Object({
    label: setting(Type.String({ maxLength: 200 }), { title: 'Label', default: 'Code', ui: { section: 'Field' } }),
    placeholder: setting(Type.String({ maxLength: 200 }), {
      title: 'Placeholder',
      default: 'Scan or type a code',
      ui: { section: 'Field' },
    }),
    camera: setting(Type.Boolean(), {
      title: 'Offer the camera',
      description: 'Browsers give it to pages over https only, and ask the person first.',
      default: true,
      ui: { section: 'Field' },
    }),
    keepOpen: setting(Type.Boolean(), {
      title: 'Camera stays on after a code',
      description: 'For many codes one after the other.',
      default: true,
      ui: { section: 'Field', when: { setting: 'camera', in: [true] } },
    }),
    autoFocus: setting(Type.Boolean(), {
      title: 'Ready for a hand scanner at once',
      description: 'Puts the cursor in the box when the screen opens.',
      default: false,
      ui: { section: 'Field' },
    }),
    disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Field' } }),
  }),
  events: [
    {
      name: 'scan',
      title: 'A code was read',
      payload: Type.Object({ value: Type.String(), code: Type.String(), count: Type.Integer() }),
    },
  ],
  exposes: { value: Type.String(), code: Type.String(), count: Type.Integer() },
  methods: [
    { name: 'focus', title: 'Focus' },
    { name: 'openCamera', title: 'Turn the camera on' },
    { name: 'closeCamera', title: 'Turn the camera off' },
  ],
});
