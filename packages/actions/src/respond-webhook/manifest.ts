import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { pairSchema } from '../http/settings.ts';

/** Answers the webhook request that started the flow. */
export const respondWebhookManifest = defineFlowAction({
  id: 'core/respond-webhook',
  version: 1,
  title: 'Answer the webhook',
  description: 'Answers the request that started the flow, while it waits. The flow goes on afterwards.',
  icon: 'arrow-back-up',
  category: 'Web',
  keywords: ['respond', 'reply', 'response', 'return'],
  effect: 'outside',
  summary: 'status',
  settings: Type.Object({
    status: Type.Optional(setting(Type.Integer({ minimum: 200, maximum: 599 }), { title: 'Status', default: 200 })),
    bodyType: choice(['json', 'text', 'none'], {
      title: 'Body',
      default: 'json',
      labels: { json: 'JSON', text: 'Text', none: 'None' },
      ui: { bindable: false },
    }),
    json: Type.Optional(
      setting(Type.Unknown(), {
        title: 'JSON',
        ui: { editor: 'json', when: { setting: 'bodyType', in: ['json'] } },
      }),
    ),
    text: Type.Optional(
      setting(Type.String({ maxLength: 1_000_000 }), {
        title: 'Text',
        ui: { editor: 'multiline', when: { setting: 'bodyType', in: ['text'] } },
      }),
    ),
    headers: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 50 }), {
        title: 'Headers',
        ui: { editor: 'keyValue', advanced: true },
      }),
    ),
  }),
  output: Type.Object({
    answered: Type.Boolean({ description: 'False when nobody waits for the answer (any more).' }),
  }),
  sample: { answered: true },
});
