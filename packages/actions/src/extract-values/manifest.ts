import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { pairSchema } from '../http/settings.ts';
import { modelLimits, modelManifest, modelSettings, usageSchema } from '../models/settings.ts';
import { longText, schemaSetting } from '../services/settings.ts';

/** Takes values out of a text, by a language model. */
export const extractValuesManifest = defineFlowAction({
  id: 'core/extract-values',
  version: 1,
  title: 'Extract values',
  description: 'Lets a language model take named values out of a text. What the text does not say is null.',
  icon: 'list-details',
  keywords: ['llm', 'ai', 'parse', 'invoice', 'fields', 'structured'],
  ...modelManifest,
  settings: Type.Object({
    ...modelSettings(),
    text: longText('Text', { placeholder: '{{ trigger.message }}', maxLength: 1_000_000 }),
    fields: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 100 }), {
        title: 'Values',
        description:
          'The name of each, and what it is. Begin with number, integer, boolean, date or list when it is no text: "number, the total with tax".',
        ui: { editor: 'keyValue' },
      }),
    ),
    schema: schemaSetting('Or a shape', 'A JSON Schema of an object, in place of the values above.'),
    ...modelLimits(),
  }),
  output: Type.Object({ value: Type.Record(Type.String(), Type.Unknown()), ...usageSchema }),
  sample: { value: { number: 'R-17', total: 119 }, inputTokens: 320, outputTokens: 25 },
});
