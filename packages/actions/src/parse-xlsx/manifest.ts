import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fileSetting, shortText } from '../services/settings.ts';

const rowSchema = Type.Record(Type.String(), Type.Unknown());

/** Reads rows from a spreadsheet. */
export const parseXlsxManifest = defineFlowAction({
  id: 'core/parse-xlsx',
  version: 1,
  title: 'Read spreadsheet',
  description: 'Reads the rows of one sheet of an Excel file (.xlsx). Formulas are not run: their last result is read.',
  icon: 'file-type-xls',
  category: 'Transform',
  keywords: ['parse', 'import', 'excel', 'xlsx', 'table'],
  effect: 'read',
  timeoutMs: 120_000,
  settings: Type.Object({
    file: fileSetting('File'),
    sheet: shortText('Sheet', { description: 'Its name. The first one when none is given.' }),
    hasHeader: Type.Optional(
      setting(Type.Boolean(), { title: 'First row holds names', default: true, ui: { bindable: false } }),
    ),
    limit: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 100_000 }), { title: 'At most', default: 10_000 }),
    ),
    firstRow: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 1_048_576 }), {
        title: 'Begins in row',
        description: 'Rows above it are left out.',
        default: 1,
        ui: { advanced: true },
      }),
    ),
  }),
  output: Type.Object({
    rows: Type.Array(rowSchema),
    columns: Type.Array(Type.String()),
    count: Type.Integer(),
    hasMore: Type.Boolean({ description: 'True when the sheet has more rows than were asked for.' }),
  }),
  sample: {
    rows: [{ id: 1, name: 'Ada', since: '2026-03-01' }],
    columns: ['id', 'name', 'since'],
    count: 1,
    hasMore: false,
  },
});
