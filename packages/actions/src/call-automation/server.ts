import type { FlowActionImplementation } from '@fettle/sdk/server';
import { sendJson } from '../http/send-json.ts';
import { required } from '../required.ts';

const names: Readonly<Record<string, string>> = { zapier: 'Zapier', make: 'Make', n8n: 'n8n' };

/** See {@link callAutomationManifest}. All three take JSON by POST; the key lets the workflow tell doubles. */
export const action: FlowActionImplementation = {
  describe: ({ service }) => `Start a workflow in ${names[String(service)] ?? 'Zapier'}`,
  async run(context) {
    const { settings, secrets, signal, idempotencyKey } = context;
    signal.throwIfAborted();
    const { body } = await sendJson(context, {
      url: required(secrets['webhook'], 'Choose the stored secret with the webhook address.'),
      method: 'POST',
      headers: { 'idempotency-key': idempotencyKey },
      service: names[String(settings['service'])] ?? 'Zapier',
      json: settings['data'] ?? {},
    });
    return { body };
  },
};
