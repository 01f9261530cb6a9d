import { defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, webhookSecret } from '../services/settings.ts';

/** Posts a message to Discord by a webhook. */
export const sendDiscordManifest = defineFlowAction({
  id: 'core/send-discord',
  version: 1,
  title: 'Discord message',
  description: 'Posts a message to a channel of Discord. It mentions nobody.',
  icon: 'brand-discord',
  category: 'Messages',
  keywords: ['chat', 'notify', 'channel'],
  effect: 'outside',
  summary: 'message',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    webhook: webhookSecret('Discord'),
    message: longText('Message', { description: 'Markdown. At most 2,000 characters are sent.' }),
  }),
  output: Type.Object({ id: Type.String({ description: 'Id of the message.' }) }),
  sample: { id: '1199' },
});
