import { choice, defineFlowAction } from '@fettle/sdk';
import { Type } from 'typebox';
import { fileSetting, longText, pathSetting, schemaSetting } from '../services/settings.ts';
import { maxCharacters } from '../services/stored-text.ts';

/** Reads a value from JSON. */
export const parseJsonManifest = defineFlowAction({
  id: 'core/parse-json',
  version: 1,
  title: 'Read JSON',
  description: 'Reads a value from JSON text or a JSON file, takes a part of it and checks it by a JSON Schema.',
  icon: 'braces',
  category: 'Transform',
  keywords: ['parse', 'schema', 'validate', 'check', 'jsonl', 'ndjson'],
  effect: 'read',
  settings: Type.Object({
    text: longText('JSON', { maxLength: maxCharacters }),
    file: fileSetting('Or a file'),
    format: choice(['value', 'lines'], {
      title: 'Holds',
      default: 'value',
      labels: { value: 'One value', lines: 'A value per line' },
      ui: { bindable: false },
    }),
    path: pathSetting('orders[0].items'),
    schema: schemaSetting('Schema', 'A JSON Schema (draft-07 or 2020-12) that the value must fit.'),
    whenNotFitting: choice(['fail', 'tell'], {
      title: 'When it does not fit',
      default: 'fail',
      labels: { fail: 'Fail', tell: 'Go on and tell' },
      ui: { bindable: false },
    }),
  }),
  output: Type.Object({
    value: Type.Unknown(),
    fits: Type.Boolean({ description: 'True when it fits the schema, or there is none.' }),
    problems: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
  }),
  sample: { value: { id: 1, name: 'Ada' }, fits: true, problems: [] },
});
