import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { qrTargetSettings } from '../qr-code/target-settings.ts';
import { columnsToLoad, dataChoice, optionalText, perRowText } from '../setting-kinds.ts';

const names = ['item', 'index'] as const;

/** Labels with QR codes, ready for the printer. */
export const labelSheetManifest = defineComponent({
  id: 'core/label-sheet',
  version: 1,
  title: 'Label sheet',
  description: 'A label with a QR code for each row, to be printed on sheets of stickers.',
  icon: 'printer',
  category: 'Data',
  keywords: ['qr', 'stickers', 'print', 'barcode', 'tags'],
  settings: Type.Object({
    data: dataChoice(),
    columns: columnsToLoad(),
    code: perRowText(names, {
      title: 'Code',
      description: 'What the QR code holds.',
      ui: { section: 'Label', placeholder: '{{ item.tag }}' },
    }),
    ...qrTargetSettings('Label'),
    itemTitle: perRowText(names, { title: 'Title', ui: { section: 'Label', placeholder: '{{ item.tag }}' } }),
    itemText: perRowText(names, { title: 'Line below', ui: { section: 'Label', placeholder: '{{ item.name }}' } }),
    footer: optionalText('Line at the foot', { section: 'Label', description: 'The same on every label.' }),
    sheet: choice(['a4-24', 'a4-40', 'letter-30', 'roll'], {
      title: 'Paper',
      default: 'a4-24',
      labels: {
        'a4-24': 'A4, 3 × 8 labels (70 × 37 mm)',
        'a4-40': 'A4, 4 × 10 labels (52.5 × 29.7 mm)',
        'letter-30': 'US Letter, 3 × 10 labels (2⅝ × 1 in)',
        roll: 'Roll, one label per piece (62 × 29 mm)',
      },
      ui: { editor: 'select', section: 'Paper' },
    }),
    skip: setting(Type.Integer({ minimum: 0, maximum: 39 }), {
      title: 'Labels already used',
      description: 'So many places of the first sheet are left empty.',
      default: 0,
      ui: { section: 'Paper' },
    }),
    borders: setting(Type.Boolean(), {
      title: 'Print cutting lines',
      description: 'For plain paper.',
      default: false,
      ui: { section: 'Paper' },
    }),
    limit: setting(Type.Integer({ minimum: 1, maximum: 500 }), {
      title: 'Labels at most',
      default: 200,
      ui: { section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'No labels to print',
      ui: { section: 'Data' },
    }),
  }),
  events: [{ name: 'print', title: 'Sent to the printer', payload: Type.Object({ count: Type.Integer() }) }],
  exposes: { count: Type.Integer(), sheets: Type.Integer(), isLoading: Type.Boolean() },
  methods: [
    { name: 'print', title: 'Print' },
    { name: 'refresh', title: 'Load again' },
  ],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'] }], screens: ['screen'] },
});
