import { choice, defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Stores a file. */
export const writeFileManifest = defineFlowAction({
  id: 'core/write-file',
  version: 1,
  title: 'Write file',
  description: 'Stores text, or base64 of other content, as a file.',
  icon: 'file-plus',
  category: 'Files',
  keywords: ['attachment', 'storage', 'save', 'export'],
  effect: 'outside',
  summary: 'name',
  settings: Type.Object({
    name: shortText('Name', { placeholder: 'report.csv' }),
    type: shortText('Content type', { default: 'text/plain' }),
    content: longText('Content'),
    from: choice(['text', 'base64'], {
      title: 'Given as',
      default: 'text',
      labels: { text: 'Text', base64: 'Base64' },
      ui: { bindable: false },
    }),
  }),
  output: Type.Object({ id: Type.String(), name: Type.String(), type: Type.String(), size: Type.Integer() }),
  sample: { id: 'fil_1', name: 'report.csv', type: 'text/csv', size: 12 },
});
