import type { FlowActionImplementation } from '@fettle/sdk/server';
import { addressBelow, sendJson, textAt } from '../http/send-json.ts';
import { optionalText, required, requiredText } from '../required.ts';

/** See {@link pagerdutyEventManifest}. https://developer.pagerduty.com/docs/events-api-v2-overview */
export const action: FlowActionImplementation = {
  describe: ({ operation, text }) =>
    `${{ acknowledge: 'Acknowledge', resolve: 'Resolve' }[String(operation)] ?? 'Open'} an incident in PagerDuty: ${(optionalText(text) ?? '').slice(0, 150)}`,
  async run(context) {
    const { settings, secrets, idempotencyKey, signal } = context;
    signal.throwIfAborted();
    const operation = optionalText(settings['operation']) ?? 'trigger';
    const given = optionalText(settings['dedupKey']);
    const dedupKey =
      operation === 'trigger' ? (given ?? idempotencyKey) : required(given, 'Give the key of the incident.');
    const payload = {
      summary: operation === 'trigger' ? requiredText(settings['text'], 'Write the summary.').slice(0, 1024) : '',
      source: optionalText(settings['source']) ?? 'Fettle',
      severity: settings['severity'] ?? 'error',
      ...(settings['details'] === undefined ? {} : { custom_details: settings['details'] }),
    };
    const { body } = await sendJson(context, {
      url: addressBelow(optionalText(settings['baseUrl']) ?? 'https://events.pagerduty.com', 'v2', 'enqueue'),
      method: 'POST',
      headers: {},
      service: 'PagerDuty',
      json: {
        routing_key: required(secrets['routingKey'], 'Choose the stored secret with the integration key.'),
        event_action: operation,
        dedup_key: dedupKey.slice(0, 255),
        ...(operation === 'trigger' ? { payload } : {}),
      },
    });
    return { key: textAt(body, 'dedup_key') || dedupKey };
  },
};
