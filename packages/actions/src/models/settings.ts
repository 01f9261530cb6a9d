import { secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** Where the model is: settings that all steps with models share. */
export function modelSettings() {
  return {
    baseUrl: shortText('Address', {
      description: 'Of any service that speaks the OpenAI protocol.',
      default: 'https://api.openai.com/v1',
    }),
    model: shortText('Model', { placeholder: 'gpt-5-mini' }),
    apiKey: secretSetting({ title: 'API key', description: 'Leave it out for a service without one.' }),
  };
}

/** What it is told beside the text, and its limits. */
export function modelLimits() {
  return {
    instructions: longText('Instructions', {
      description: 'How to do it. Kept apart from the text, which is only data.',
    }),
    maxOutput: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 100_000 }), {
        title: 'Longest answer in tokens',
        description: 'Some models count what they think too.',
        default: 4000,
        ui: { advanced: true },
      }),
    ),
    temperature: Type.Optional(
      setting(Type.Number({ minimum: 0, maximum: 2 }), {
        title: 'Temperature',
        description: "Low for the same answer each time. The model's own when empty.",
        ui: { advanced: true },
      }),
    ),
  };
}

/** What every step with a model tells of its cost. */
export const usageSchema = {
  inputTokens: Type.Integer(),
  outputTokens: Type.Integer(),
};

/** What manifests of steps with models share. */
export const modelManifest = {
  effect: 'read',
  category: 'Services',
  timeoutMs: 180_000,
  needs: { network: true, secrets: true },
} as const;
