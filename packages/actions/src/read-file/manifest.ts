import { choice, defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { fileSetting } from '../services/settings.ts';
import { encodingLabels } from '../services/stored-text.ts';

/** Reads a stored file. */
export const readFileManifest = defineFlowAction({
  id: 'core/read-file',
  version: 1,
  title: 'Read file',
  description: 'Reads a stored file as text, or as base64 for other content.',
  icon: 'file-text',
  category: 'Files',
  keywords: ['attachment', 'storage', 'open'],
  effect: 'read',
  settings: Type.Object({
    file: fileSetting('File'),
    as: choice(['text', 'base64'], {
      title: 'As',
      default: 'text',
      labels: { text: 'Text', base64: 'Base64' },
      ui: { bindable: false },
    }),
    encoding: choice(Object.keys(encodingLabels) as (keyof typeof encodingLabels)[], {
      title: 'Encoding',
      default: 'auto',
      labels: encodingLabels,
      ui: { bindable: false, editor: 'select', advanced: true, when: { setting: 'as', in: ['text'] } },
    }),
  }),
  output: Type.Object({ name: Type.String(), type: Type.String(), size: Type.Integer(), content: Type.String() }),
  sample: { name: 'list.csv', type: 'text/csv', size: 12, content: 'id,name\n1,Ada' },
});
