import { choice, defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Shows a message for a moment. */
export const showMessageManifest = defineEventAction({
  id: 'core/show-message',
  version: 1,
  title: 'Show message',
  description: 'Shows a message in the corner of the screen for a moment.',
  icon: 'message',
  category: 'Feedback',
  keywords: ['toast', 'notification', 'notify'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'Done', ui: { editor: 'multiline' } }),
    kind: choice(['info', 'success', 'warning', 'error'], {
      title: 'Kind',
      default: 'success',
      labels: { info: 'Information', success: 'Success', warning: 'Warning', error: 'Error' },
      ui: { editor: 'select' },
    }),
  }),
});
