import { choice, defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { modelLimits, modelManifest, modelSettings, usageSchema } from '../models/settings.ts';
import { longText, shortText } from '../services/settings.ts';

/** Says a text shorter, by a language model. */
export const summariseTextManifest = defineFlowAction({
  id: 'core/summarise-text',
  version: 1,
  title: 'Summarise text',
  description: 'Lets a language model say a text shorter.',
  icon: 'text-caption',
  keywords: ['llm', 'ai', 'summary', 'summarize', 'shorten', 'digest'],
  ...modelManifest,
  settings: Type.Object({
    ...modelSettings(),
    text: longText('Text', { placeholder: '{{ trigger.message }}', maxLength: 1_000_000 }),
    length: choice(['sentence', 'paragraph', 'points'], {
      title: 'As',
      default: 'paragraph',
      labels: { sentence: 'A sentence', paragraph: 'A paragraph', points: 'Points' },
      ui: { bindable: false },
    }),
    language: shortText('Language', { description: "The text's own when empty.", placeholder: 'English' }),
    ...modelLimits(),
  }),
  output: Type.Object({ text: Type.String(), ...usageSchema }),
  sample: { text: 'The printer on floor 2 is broken since Monday.', inputTokens: 820, outputTokens: 15 },
});
