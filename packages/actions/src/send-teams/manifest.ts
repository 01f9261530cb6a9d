import { defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText, webhookSecret } from '../services/settings.ts';

/** Posts a card to Microsoft Teams by a workflow's webhook. */
export const sendTeamsManifest = defineFlowAction({
  id: 'core/send-teams',
  version: 1,
  title: 'Teams message',
  description: 'Posts a message to a chat or channel of Microsoft Teams, by the webhook of a workflow.',
  icon: 'brand-teams',
  category: 'Messages',
  keywords: ['chat', 'notify', 'channel', 'microsoft'],
  effect: 'outside',
  summary: 'title',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    webhook: webhookSecret('Teams'),
    title: shortText('Title'),
    message: longText('Message', { description: 'Markdown: **bold**, lists and links.' }),
    link: shortText('Link', { placeholder: 'https://', description: 'Shown as a button.' }),
  }),
  output: Type.Object({ sent: Type.Boolean() }),
  sample: { sent: true },
});
