import { defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { modelLimits, modelManifest, modelSettings, usageSchema } from '../models/settings.ts';
import { longText, schemaSetting } from '../services/settings.ts';
import { fromTasks } from './from-tasks.ts';

/** Asks a language model behind an OpenAI-compatible address. */
export const askModelManifest = defineFlowAction({
  id: 'core/ask-model',
  version: 2,
  title: 'Ask a language model',
  description: 'Gives a prompt to a language model. With a shape, the answer is a checked value.',
  icon: 'sparkles',
  keywords: ['llm', 'gpt', 'prompt', 'chat', 'ai', 'structured output'],
  ...modelManifest,
  settings: Type.Object({
    ...modelSettings(),
    text: longText('Prompt', {
      placeholder: 'Write a friendly answer to: {{ trigger.message }}',
      maxLength: 1_000_000,
    }),
    schema: schemaSetting('Shape of the answer', 'A JSON Schema of an object. Free text when empty.'),
    ...modelLimits(),
  }),
  output: Type.Object({
    text: Type.String(),
    value: Type.Unknown({ description: 'The answer as a value, when it has a shape.' }),
    ...usageSchema,
  }),
  sample: { text: 'Hello Ada', value: null, inputTokens: 120, outputTokens: 5 },
  migrations: [fromTasks],
});
