import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings } from '../inputs/field-settings.ts';

/** Files to choose or drop: stored at once, with progress. */
export const fileInputManifest = defineComponent({
  id: 'core/file-input',
  version: 1,
  title: 'File input',
  description: 'Files to choose or drop: stored at once, with progress.',
  icon: 'paperclip',
  category: 'Inputs',
  keywords: ['upload', 'attachment', 'image', 'document'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    multiple: setting(Type.Boolean(), { title: 'Several files', default: false, ui: { section: 'Field' } }),
    accept: setting(Type.String({ maxLength: 200 }), {
      title: 'File types',
      description: 'For example image/* or .pdf,.docx. All when empty.',
      default: '',
      ui: { section: 'Rules' },
    }),
    maxMegabytes: setting(Type.Number({ minimum: 0.01 }), {
      title: 'Greatest size (MB)',
      default: 10,
      ui: { section: 'Rules' },
    }),
    maxFiles: setting(Type.Integer({ minimum: 1, maximum: 100 }), {
      title: 'Number of files',
      default: 10,
      ui: { section: 'Rules', when: { setting: 'multiple', in: [true] } },
    }),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown() },
  methods: fieldMethods,
});
