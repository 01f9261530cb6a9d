import type { FlowActionImplementation } from '@fettle/sdk/server';
import { sendJson, textAt } from '../http/send-json.ts';
import { required, requiredText } from '../required.ts';

/** See {@link sendDiscordManifest}. https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const action: FlowActionImplementation = {
  describe: () => 'Post a message to Discord',
  async run(context) {
    context.signal.throwIfAborted();
    const address = required(context.secrets['webhook'], 'Choose the stored secret with the webhook address.');
    const content = requiredText(context.settings['message'], 'Write the message.').slice(0, 2000);
    // With `wait` the answer is the message, and an error is an error.
    const url = `${address}${address.includes('?') ? '&' : '?'}wait=true`;
    const json = { content, allowed_mentions: { parse: [] } };
    const { body } = await sendJson(context, { url, method: 'POST', headers: {}, json, service: 'Discord' });
    return { id: textAt(body, 'id') };
  },
};
