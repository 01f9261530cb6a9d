import { choice, defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';
import { algorithmSetting } from '../tokens/settings.ts';

/** Checks a token. */
export const checkTokenManifest = defineFlowAction({
  id: 'core/check-token',
  version: 1,
  title: 'Check token (JWT)',
  description: 'Checks the signature and times of a JSON Web Token and gives what it says.',
  icon: 'shield-check',
  category: 'Transform',
  keywords: ['crypto', 'jwt', 'jws', 'verify', 'bearer', 'claims'],
  effect: 'none',
  needs: { secrets: true },
  settings: Type.Object({
    text: longText('Token', { placeholder: '{{ trigger.headers.authorization }}' }),
    algorithm: algorithmSetting(),
    key: secretSetting({ title: 'Key', description: 'The common secret, or the public key as PEM.' }),
    publicKey: longText('Or a public key', { placeholder: '-----BEGIN PUBLIC KEY-----' }),
    issuer: shortText('Issuer (iss) must be'),
    audience: shortText('For (aud) must be'),
    tolerance: Type.Optional(
      setting(Type.Integer({ minimum: 0, maximum: 600 }), {
        title: 'Clocks may differ by seconds',
        default: 30,
        ui: { advanced: true },
      }),
    ),
    whenInvalid: choice(['fail', 'tell'], {
      title: 'When it is not valid',
      default: 'fail',
      labels: { fail: 'Fail', tell: 'Go on and tell' },
      ui: { bindable: false },
    }),
  }),
  output: Type.Object({
    valid: Type.Boolean(),
    claims: Type.Record(Type.String(), Type.Unknown(), { description: 'Empty when it is not valid.' }),
    reason: Type.String({ description: 'Why it is not valid.' }),
  }),
  sample: { valid: true, claims: { sub: '7', exp: 1_772_357_700 }, reason: '' },
});
