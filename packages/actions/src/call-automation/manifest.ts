import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { webhookSecret } from '../services/settings.ts';

/** Starts a workflow in another automation tool by its webhook. */
export const callAutomationManifest = defineFlowAction({
  id: 'core/call-automation',
  version: 1,
  title: 'Start Zapier, Make or n8n',
  description: 'Starts a workflow of Zapier, Make or n8n by its webhook, with the data you give.',
  icon: 'webhook',
  category: 'Services',
  keywords: ['zap', 'scenario', 'integromat', 'workflow', 'webhook'],
  effect: 'outside',
  summary: 'service',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    service: choice(['zapier', 'make', 'n8n'], {
      title: 'Tool',
      default: 'zapier',
      labels: { zapier: 'Zapier', make: 'Make', n8n: 'n8n' },
      ui: { bindable: false },
    }),
    webhook: webhookSecret('the tool'),
    data: Type.Optional(setting(Type.Unknown(), { title: 'Data', ui: { editor: 'json' } })),
  }),
  output: Type.Object({ body: Type.Unknown({ description: 'What the tool answered.' }) }),
  sample: { body: { status: 'success' } },
});
