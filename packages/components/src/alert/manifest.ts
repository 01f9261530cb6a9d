import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { iconChoice, optionalText } from '../setting-kinds.ts';

/** A message in the screen. */
export const alertManifest = defineComponent({
  id: 'core/alert',
  version: 1,
  title: 'Alert',
  description: 'A message in the screen that people should not miss.',
  icon: 'alert-circle',
  category: 'Display',
  keywords: ['message', 'notice', 'warning', 'banner', 'callout'],
  settings: Type.Object({
    title: optionalText('Title', { section: 'Content' }),
    text: setting(Type.String(), {
      title: 'Text',
      default: 'Something people should know.',
      ui: { editor: 'multiline', section: 'Content' },
    }),
    kind: choice(['info', 'success', 'warning', 'danger'], {
      title: 'Kind',
      default: 'info',
      labels: { info: 'Information', success: 'Success', warning: 'Warning', danger: 'Danger' },
      ui: { editor: 'select', section: 'Look' },
    }),
    icon: iconChoice('Look'),
    closable: setting(Type.Boolean(), { title: 'Can be closed', default: false, ui: { section: 'Behaviour' } }),
  }),
  events: [{ name: 'close', title: 'Closed' }],
  methods: [
    { name: 'open', title: 'Show' },
    { name: 'close', title: 'Close' },
  ],
});
