import { defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, webhookSecret } from '../services/settings.ts';

/** Posts a message to Slack by an incoming webhook. */
export const sendSlackManifest = defineFlowAction({
  id: 'core/send-slack',
  version: 1,
  title: 'Slack message',
  description: 'Posts a message to a channel of Slack.',
  icon: 'brand-slack',
  category: 'Messages',
  keywords: ['chat', 'notify', 'channel'],
  effect: 'outside',
  summary: 'message',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    webhook: webhookSecret('Slack'),
    message: longText('Message', { description: 'Slack markdown: *bold*, _italic_, <https://example.com|a link>.' }),
  }),
  output: Type.Object({ sent: Type.Boolean() }),
  sample: { sent: true },
});
