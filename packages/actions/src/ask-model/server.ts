import type { FlowActionImplementation } from '@fettle/sdk/server';
import { askForText, askForValue } from '../models/ask-model.ts';
import { requiredText } from '../required.ts';

/** See {@link askModelManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    context.signal.throwIfAborted();
    const prompt = { task: '', text: requiredText(context.settings['text'], 'Write the prompt.') };
    const schema = context.settings['schema'] ?? '';
    if (schema === '') return { ...(await askForText(context, prompt)), value: null };
    return { ...(await askForValue(context, prompt, schema)) };
  },
};
