import type { FlowActionImplementation } from '@fettle/sdk/server';
import { sendJson } from '../http/send-json.ts';
import { optionalText, required, requiredText } from '../required.ts';

/** See {@link sendTeamsManifest}. The card is an Adaptive Card 1.4 (https://adaptivecards.io/explorer). */
export const action: FlowActionImplementation = {
  describe: () => 'Post a message to Teams',
  async run(context) {
    const { settings, secrets, signal } = context;
    signal.throwIfAborted();
    const url = required(secrets['webhook'], 'Choose the stored secret with the webhook address.');
    const text = requiredText(settings['message'], 'Write the message.');
    const title = optionalText(settings['title']);
    const link = optionalText(settings['link']);
    const card = {
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.4',
      body: [
        ...(title === undefined
          ? []
          : [{ type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true }]),
        { type: 'TextBlock', text, wrap: true },
      ],
      ...(link === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open', url: link }] }),
    };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }];
    await sendJson(context, {
      url,
      method: 'POST',
      headers: {},
      json: { type: 'message', attachments },
      service: 'Teams',
    });
    return { sent: true };
  },
};
