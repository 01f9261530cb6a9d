import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Shows a notification to people in Fettle. */
export const notifyUserManifest = defineFlowAction({
  id: 'core/notify-user',
  version: 1,
  title: 'Notify people',
  description: 'Shows a notification to people of the workspace.',
  icon: 'bell',
  category: 'Messages',
  keywords: ['notification', 'alert', 'tell'],
  effect: 'outside',
  summary: 'title',
  settings: Type.Object({
    to: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 320 }), { maxItems: 100 }), {
        title: 'To',
        description: 'People of the workspace, by e-mail address or user id.',
        ui: { editor: 'people' },
      }),
    ),
    title: shortText('Title'),
    body: longText('Text'),
    link: shortText('Link', {
      description: 'Where a click leads: a path of the app such as /tickets/12, or a web address.',
    }),
  }),
  output: Type.Object({ count: Type.Integer({ description: 'How many people were told.' }) }),
  sample: { count: 1 },
});
