import type { FlowActionImplementation } from '@fettle/sdk/server';
import { askForText } from '../models/ask-model.ts';
import { requiredText } from '../required.ts';

/** See {@link translateTextManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const language = requiredText(settings['language'], 'Say into which language.');
    const task = `Translate the text into ${language}. Keep its formatting, and names, numbers, code and addresses as they are. Give the translation only.`;
    return { ...(await askForText(context, { task, text: requiredText(settings['text'], 'Give the text.') })) };
  },
};
