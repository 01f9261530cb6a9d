import { choice, defineFlowAction, setting, tableSetting, type SettingHint } from '@fettle/sdk';
import { Type, type TSchema } from 'typebox';
import { filterSetting, sortSetting } from '../rows/settings.ts';
import { shortText } from '../services/settings.ts';

/** Writes rows into a spreadsheet. */
export const buildXlsxManifest = defineFlowAction({
  id: 'core/build-xlsx',
  version: 1,
  title: 'Write spreadsheet',
  description: 'Stores rows as an Excel file (.xlsx). Texts stay texts: none becomes a formula.',
  icon: 'file-type-xls',
  category: 'Transform',
  keywords: ['export', 'excel', 'xlsx', 'table', 'report'],
  effect: 'outside',
  timeoutMs: 300_000,
  summary: 'name',
  settings: Type.Object({
    name: shortText('File name', { placeholder: 'orders.xlsx' }),
    source: choice(['rows', 'table'], {
      title: 'Rows from',
      default: 'rows',
      labels: { rows: 'An earlier step', table: 'A table' },
      ui: { bindable: false },
    }),
    rows: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Rows',
        ui: {
          editor: 'expression',
          placeholder: '{{ steps.find.output.rows }}',
          when: { setting: 'source', notIn: ['table'] },
        },
      }),
    ),
    data: whenTable(tableSetting()),
    filter: whenTable(filterSetting()),
    sort: whenTable(sortSetting()),
    columns: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 1_000 }), {
        title: 'Columns',
        description: 'In this order. All that the rows have when none is given.',
      }),
    ),
    sheet: shortText('Sheet', { default: 'Sheet1', advanced: true }),
    convert: choice(['dates', 'all', 'none'], {
      title: 'Texts become',
      description: 'Numbers of more than 15 digits and with leading zeros stay texts in any case.',
      default: 'dates',
      labels: { dates: 'Dates', all: 'Dates and numbers', none: 'Nothing else' },
      ui: { bindable: false, editor: 'select', advanced: true },
    }),
    timeZone: shortText('Time zone', {
      description: 'In which times are shown. Sheets know none.',
      placeholder: 'Europe/Berlin',
      advanced: true,
    }),
  }),
  uses: { tables: [{ setting: 'data', actions: ['view'], related: ['filter', 'sort/*/column', 'columns/*/column'] }] },
  output: Type.Object({
    id: Type.String(),
    name: Type.String(),
    type: Type.String(),
    size: Type.Integer(),
    count: Type.Integer({ description: 'How many rows were written.' }),
  }),
  sample: {
    id: 'file_1',
    name: 'orders.xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    size: 9_120,
    count: 120,
  },
});

function whenTable<T extends TSchema>(schema: T): T {
  const { title = '', ui } = schema as { readonly title?: string; readonly ui?: SettingHint };
  return setting(schema, { title, ui: { ...ui, when: { setting: 'source', in: ['table'] } } });
}
