import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Makes a PDF. */
export const buildPdfManifest = defineFlowAction({
  id: 'core/build-pdf',
  version: 1,
  title: 'Write PDF',
  description: 'Stores a PDF made from a template: headings, text, pictures, and tables over rows.',
  icon: 'file-type-pdf',
  category: 'Transform',
  keywords: ['document', 'report', 'invoice', 'letter', 'print'],
  effect: 'outside',
  timeoutMs: 120_000,
  summary: 'name',
  settings: Type.Object({
    name: shortText('File name', { placeholder: 'invoice.pdf' }),
    template: longText('Template', {
      description:
        'Markdown. A line [[table items]] shows a list as a table, [[table items | name "Article" | price right]] with these columns, [[page break]] begins a page, ![Logo](logo "width=120") shows a picture. Letters may be Latin, Greek or Cyrillic.',
      placeholder: '# Invoice {{ trigger.number }}\n\n[[table items]]',
      maxLength: 500_000,
    }),
    values: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Lists and pictures',
        description: 'What the names in the template stand for: lists of rows, and stored PNG or JPEG files.',
        ui: { editor: 'parameters' },
      }),
    ),
    header: shortText('Top of each page', { description: '[[page]] and [[pages]] are numbers.' }),
    footer: shortText('Foot of each page', { default: 'Page [[page]] of [[pages]]' }),
    pageSize: choice(['A4', 'LETTER'], {
      title: 'Page',
      default: 'A4',
      labels: { A4: 'A4', LETTER: 'Letter' },
      ui: { bindable: false },
    }),
    orientation: choice(['portrait', 'landscape'], {
      title: 'Turned',
      default: 'portrait',
      labels: { portrait: 'Upright', landscape: 'Across' },
      ui: { bindable: false },
    }),
    fontSize: Type.Optional(
      setting(Type.Integer({ minimum: 6, maximum: 24 }), {
        title: 'Size of letters in points',
        default: 10,
        ui: { advanced: true },
      }),
    ),
    title: shortText('Title of the document', {
      description: 'Shown by readers. The file name when empty.',
      advanced: true,
    }),
  }),
  output: Type.Object({ id: Type.String(), name: Type.String(), type: Type.String(), size: Type.Integer() }),
  sample: { id: 'file_1', name: 'invoice.pdf', type: 'application/pdf', size: 24_310 },
});
