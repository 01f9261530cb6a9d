import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { pairSchema } from '../http/settings.ts';
import { modelLimits, modelManifest, modelSettings, usageSchema } from '../models/settings.ts';
import { longText } from '../services/settings.ts';

/** Puts a text into classes, by a language model. */
export const classifyTextManifest = defineFlowAction({
  id: 'core/classify-text',
  version: 1,
  title: 'Classify text',
  description: 'Lets a language model put a text into one of several classes, or into all that fit.',
  icon: 'category',
  keywords: ['llm', 'ai', 'label', 'sort', 'route', 'sentiment', 'triage'],
  ...modelManifest,
  settings: Type.Object({
    ...modelSettings(),
    text: longText('Text', { placeholder: '{{ trigger.message }}', maxLength: 1_000_000 }),
    classes: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 100 }), {
        title: 'Classes',
        description: 'The name of each, and what belongs into it.',
        ui: { editor: 'keyValue' },
      }),
    ),
    several: Type.Optional(
      setting(Type.Boolean(), { title: 'Several may fit', default: false, ui: { bindable: false } }),
    ),
    none: Type.Optional(
      setting(Type.Boolean(), {
        title: 'None may fit',
        description: 'Otherwise the one that fits best is taken.',
        default: false,
        ui: { bindable: false },
      }),
    ),
    ...modelLimits(),
  }),
  output: Type.Object({
    label: Type.Union([Type.String(), Type.Null()], { description: 'The class that fits best; null for none.' }),
    labels: Type.Array(Type.String()),
    ...usageSchema,
  }),
  sample: { label: 'billing', labels: ['billing'], inputTokens: 120, outputTokens: 5 },
});
