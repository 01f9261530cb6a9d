import type { FlowActionImplementation } from '@fettle/sdk/server';
import { sendJson } from '../http/send-json.ts';
import { required, requiredText } from '../required.ts';

/** See {@link sendSlackManifest}. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export const action: FlowActionImplementation = {
  describe: () => 'Post a message to Slack',
  async run(context) {
    context.signal.throwIfAborted();
    const url = required(context.secrets['webhook'], 'Choose the stored secret with the webhook address.');
    const text = requiredText(context.settings['message'], 'Write the message.').slice(0, 40_000);
    await sendJson(context, { url, method: 'POST', headers: {}, json: { text }, service: 'Slack' });
    return { sent: true };
  },
};
