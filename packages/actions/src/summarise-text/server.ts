import type { FlowActionImplementation } from '@fettle/sdk/server';
import { askForText } from '../models/ask-model.ts';
import { optionalText, requiredText } from '../required.ts';

const lengths: Readonly<Record<string, string>> = {
  sentence: 'in one sentence',
  points: 'as a short Markdown list of its main points',
};

/** See {@link summariseTextManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const how = lengths[String(settings['length'])] ?? 'in one short paragraph';
    const language = optionalText(settings['language']);
    const into = language === undefined ? 'in its own language' : `in ${language}`;
    const task = `Summarise the text ${how}, ${into}. Keep names, numbers and dates as they are, and add nothing. Give the summary only.`;
    return { ...(await askForText(context, { task, text: requiredText(settings['text'], 'Give the text.') })) };
  },
};
