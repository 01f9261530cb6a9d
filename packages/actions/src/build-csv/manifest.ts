import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Writes rows as CSV. */
export const buildCsvManifest = defineFlowAction({
  id: 'core/build-csv',
  version: 1,
  title: 'Write CSV',
  description: 'Writes a list of rows as CSV text. Formulas are made harmless for spreadsheets.',
  icon: 'file-type-csv',
  category: 'Transform',
  keywords: ['export', 'table', 'spreadsheet'],
  effect: 'none',
  settings: Type.Object({
    rows: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Rows',
        ui: { editor: 'expression', placeholder: '{{ steps.find.output.rows }}' },
      }),
    ),
    columns: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 500 }), {
        title: 'Columns',
        description: 'All that the rows have when none is given.',
      }),
    ),
    separator: choice(['comma', 'semicolon', 'tab'], {
      title: 'Separator',
      default: 'comma',
      labels: { comma: 'Comma', semicolon: 'Semicolon', tab: 'Tab' },
      ui: { bindable: false },
    }),
  }),
  output: Type.Object({ text: Type.String(), count: Type.Integer() }),
  sample: { text: 'id,name\r\n1,Ada\r\n', count: 1 },
});
