import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Copies text. */
export const copyManifest = defineEventAction({
  id: 'core/copy',
  version: 1,
  title: 'Copy text',
  description: 'Puts a text on the clipboard.',
  icon: 'copy',
  category: 'Feedback',
  keywords: ['clipboard'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: '', ui: { editor: 'multiline' } }),
  }),
});
