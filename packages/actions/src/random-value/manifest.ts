import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Draws a value. */
export const randomValueManifest = defineFlowAction({
  id: 'core/random-value',
  version: 1,
  title: 'Random value',
  description: 'Draws a value that nobody can guess: an id, a token, a code or a first password.',
  icon: 'dice',
  category: 'Transform',
  keywords: ['crypto', 'uuid', 'guid', 'token', 'password', 'pin', 'code', 'generate'],
  effect: 'none',
  settings: Type.Object({
    kind: choice(['uuid', 'token', 'hex', 'digits', 'password'], {
      title: 'Kind',
      default: 'uuid',
      labels: {
        uuid: 'Id (UUID)',
        token: 'Token for addresses',
        hex: 'Hexadecimal',
        digits: 'Code of digits',
        password: 'Password',
      },
      ui: { bindable: false, editor: 'select' },
    }),
    length: Type.Optional(
      setting(Type.Integer({ minimum: 4, maximum: 256 }), {
        title: 'Signs',
        default: 24,
        ui: { when: { setting: 'kind', notIn: ['uuid'] } },
      }),
    ),
  }),
  output: Type.Object({ value: Type.String() }),
  sample: { value: '0f8fad5b-d9cb-469f-a165-70867728950e' },
});
