import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Runs JavaScript in the sandbox. */
export const runScriptManifest = defineFlowAction({
  id: 'core/run-script',
  version: 1,
  title: 'Run JavaScript',
  description: 'Runs a script that works on values. It reaches no network, files or settings of the server.',
  icon: 'brand-javascript',
  category: 'Logic',
  keywords: ['code', 'function', 'script', 'program'],
  effect: 'none',
  timeoutMs: 90_000,
  settings: Type.Object({
    code: Type.Optional(
      setting(Type.String({ maxLength: 200_000 }), {
        title: 'Script',
        description: 'The body of a function of `input`. What it returns is the output.',
        ui: { editor: 'code', bindable: false, placeholder: 'return input.rows.length;' },
      }),
    ),
    input: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Input',
        description: 'Values that the script sees as `input`.',
        ui: { editor: 'parameters' },
      }),
    ),
    timeoutMs: Type.Optional(
      setting(Type.Integer({ minimum: 10, maximum: 60_000 }), {
        title: 'Time limit in milliseconds',
        default: 10_000,
        ui: { advanced: true, bindable: false },
      }),
    ),
    memoryMegabytes: Type.Optional(
      setting(Type.Integer({ minimum: 16, maximum: 512 }), {
        title: 'Memory limit in MB',
        default: 64,
        ui: { advanced: true, bindable: false },
      }),
    ),
  }),
  output: Type.Object({ value: Type.Unknown({ description: 'What the script returned.' }) }),
  sample: { value: 42 },
});
