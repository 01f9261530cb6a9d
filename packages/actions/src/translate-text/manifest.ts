import { defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { modelLimits, modelManifest, modelSettings, usageSchema } from '../models/settings.ts';
import { longText, shortText } from '../services/settings.ts';

/** Translates a text, by a language model. */
export const translateTextManifest = defineFlowAction({
  id: 'core/translate-text',
  version: 1,
  title: 'Translate text',
  description: 'Lets a language model translate a text. Its formatting stays.',
  icon: 'language',
  keywords: ['llm', 'ai', 'language', 'localise'],
  ...modelManifest,
  settings: Type.Object({
    ...modelSettings(),
    text: longText('Text', { placeholder: '{{ trigger.message }}', maxLength: 1_000_000 }),
    language: shortText('Into', { placeholder: 'German' }),
    ...modelLimits(),
  }),
  output: Type.Object({ text: Type.String(), ...usageSchema }),
  sample: { text: 'Guten Tag', inputTokens: 40, outputTokens: 5 },
});
