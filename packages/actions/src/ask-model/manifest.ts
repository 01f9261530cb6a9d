import { choice, defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Asks a language model behind an OpenAI-compatible address. */
export const askModelManifest = defineFlowAction({
  id: 'core/ask-model',
  version: 1,
  title: 'Ask a language model',
  description: 'Answers, classifies, extracts, summarises or translates a text, by any OpenAI-compatible service.',
  icon: 'sparkles',
  category: 'Services',
  keywords: ['llm', 'gpt', 'prompt', 'classify', 'extract', 'summarise', 'translate', 'chat'],
  effect: 'read',
  timeoutMs: 120_000,
  summary: 'task',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    baseUrl: shortText('Address', { default: 'https://api.openai.com/v1' }),
    model: shortText('Model', { placeholder: 'gpt-5-mini' }),
    apiKey: secretSetting({ title: 'API key', description: 'Leave it out for a service without one.' }),
    task: choice(['answer', 'classify', 'extract', 'summarise', 'translate'], {
      title: 'Task',
      default: 'answer',
      labels: {
        answer: 'Answer',
        classify: 'Classify',
        extract: 'Extract values',
        summarise: 'Summarise',
        translate: 'Translate',
      },
      ui: { bindable: false, editor: 'select' },
    }),
    instructions: longText('Instructions', {
      description: 'How to do it. Kept apart from the text, which is only data.',
    }),
    text: longText('Text', { placeholder: '{{ trigger.message }}' }),
    labels: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }), {
        title: 'Classes',
        ui: { when: { setting: 'task', in: ['classify'] } },
      }),
    ),
    schema: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Shape of the answer',
        description: 'A JSON Schema of an object.',
        ui: { editor: 'json', when: { setting: 'task', in: ['extract', 'answer'] } },
      }),
    ),
    language: Type.Optional(
      setting(Type.String({ maxLength: 100 }), {
        title: 'Into',
        ui: { placeholder: 'German', when: { setting: 'task', in: ['translate'] } },
      }),
    ),
    maxOutput: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 100_000 }), {
        title: 'Longest answer in tokens',
        default: 2000,
        ui: { advanced: true },
      }),
    ),
  }),
  output: Type.Object({
    text: Type.String(),
    value: Type.Unknown({ description: 'The values of a shaped answer, or the class.' }),
    inputTokens: Type.Integer(),
    outputTokens: Type.Integer(),
  }),
  sample: { text: 'billing', value: 'billing', inputTokens: 120, outputTokens: 5 },
});
