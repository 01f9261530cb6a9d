import { choice, defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { shortText } from '../services/settings.ts';

/** Opens, acknowledges or resolves an incident in PagerDuty. */
export const pagerdutyEventManifest = defineFlowAction({
  id: 'core/pagerduty-event',
  version: 1,
  title: 'PagerDuty incident',
  description: 'Opens, acknowledges or resolves an incident in PagerDuty.',
  icon: 'urgent',
  category: 'Services',
  keywords: ['alert', 'on-call', 'incident', 'page'],
  effect: 'outside',
  summary: 'text',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    routingKey: secretSetting({ title: 'Integration key', description: 'Of an Events API v2 integration.' }),
    operation: choice(['trigger', 'acknowledge', 'resolve'], {
      title: 'Do what',
      default: 'trigger',
      labels: { trigger: 'Open', acknowledge: 'Acknowledge', resolve: 'Resolve' },
      ui: { bindable: false },
    }),
    text: shortText('Summary'),
    severity: choice(['critical', 'error', 'warning', 'info'], {
      title: 'Severity',
      default: 'error',
      labels: { critical: 'Critical', error: 'Error', warning: 'Warning', info: 'Info' },
    }),
    source: shortText('Source', { default: 'Fettle', description: 'Which system it is about.' }),
    dedupKey: shortText('Incident key', {
      description: 'Events with the same key are one incident. Without one, every run opens its own.',
    }),
    details: Type.Optional(setting(Type.Unknown(), { title: 'Details', ui: { editor: 'json', advanced: true } })),
    baseUrl: shortText('Address', { default: 'https://events.pagerduty.com', advanced: true }),
  }),
  output: Type.Object({ key: Type.String({ description: 'The incident key: acknowledge and resolve with it.' }) }),
  sample: { key: 'order-17' },
});
