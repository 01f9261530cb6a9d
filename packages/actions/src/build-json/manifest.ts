import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { destinationSettings, schemaSetting } from '../services/settings.ts';
import { writtenTextSchema } from '../services/stored-text.ts';

/** Writes a value as JSON. */
export const buildJsonManifest = defineFlowAction({
  id: 'core/build-json',
  version: 1,
  title: 'Write JSON',
  description: 'Writes a value as JSON, as text or as a stored file, after checking it by a JSON Schema.',
  icon: 'braces',
  category: 'Transform',
  keywords: ['stringify', 'export', 'schema', 'validate', 'jsonl', 'ndjson'],
  effect: 'none',
  effectWhen: [{ setting: 'to', in: ['file'], effect: 'outside' }],
  settings: Type.Object({
    value: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Value',
        ui: { editor: 'expression', placeholder: '{{ steps.find.output.rows }}' },
      }),
    ),
    format: choice(['compact', 'indented', 'lines'], {
      title: 'Written',
      default: 'compact',
      labels: { compact: 'Compact', indented: 'Indented', lines: 'An item per line' },
      ui: { bindable: false, editor: 'select' },
    }),
    schema: schemaSetting('Schema', 'A JSON Schema (draft-07 or 2020-12) that the value must fit.'),
    ...destinationSettings('orders.json'),
  }),
  output: Type.Object(writtenTextSchema),
  sample: { text: '{"id":1}', file: null },
});
