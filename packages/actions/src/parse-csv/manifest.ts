import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fileSetting, longText } from '../services/settings.ts';
import { encodingLabels, maxCharacters } from '../services/stored-text.ts';

/** Reads rows from CSV. */
export const parseCsvManifest = defineFlowAction({
  id: 'core/parse-csv',
  version: 1,
  title: 'Read CSV',
  description: 'Reads rows from CSV text or a CSV file. All values are text.',
  icon: 'file-type-csv',
  category: 'Transform',
  keywords: ['parse', 'import', 'table', 'spreadsheet'],
  effect: 'read',
  settings: Type.Object({
    text: longText('CSV', { maxLength: maxCharacters }),
    file: fileSetting('Or a file'),
    separator: choice(['auto', 'comma', 'semicolon', 'tab', 'pipe'], {
      title: 'Separator',
      default: 'auto',
      labels: { auto: 'Found out', comma: 'Comma', semicolon: 'Semicolon', tab: 'Tab', pipe: 'Pipe' },
      ui: { bindable: false, editor: 'select' },
    }),
    encoding: choice(Object.keys(encodingLabels) as (keyof typeof encodingLabels)[], {
      title: 'Encoding of the file',
      default: 'auto',
      labels: encodingLabels,
      ui: { bindable: false, editor: 'select', advanced: true },
    }),
    hasHeader: Type.Optional(
      setting(Type.Boolean(), { title: 'First line holds names', default: true, ui: { bindable: false } }),
    ),
  }),
  output: Type.Object({
    rows: Type.Array(Type.Record(Type.String(), Type.String())),
    columns: Type.Array(Type.String()),
    count: Type.Integer(),
  }),
  sample: { rows: [{ id: '1', name: 'Ada' }], columns: ['id', 'name'], count: 1 },
});
