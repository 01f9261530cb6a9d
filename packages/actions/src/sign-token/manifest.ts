import { defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { shortText } from '../services/settings.ts';
import { algorithmSetting } from '../tokens/settings.ts';

/** Signs a token. */
export const signTokenManifest = defineFlowAction({
  id: 'core/sign-token',
  version: 1,
  title: 'Sign token (JWT)',
  description: 'Makes a JSON Web Token with a stored secret. It stands in the journal of the run: let it end soon.',
  icon: 'key',
  category: 'Transform',
  keywords: ['crypto', 'jwt', 'jws', 'bearer', 'claims'],
  effect: 'none',
  needs: { secrets: true },
  settings: Type.Object({
    claims: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()), {
        title: 'Claims',
        description: 'What the token says.',
        ui: { editor: 'parameters' },
      }),
    ),
    algorithm: algorithmSetting(),
    key: secretSetting({ title: 'Key', description: 'The common secret, or the private key as PEM.' }),
    expiresIn: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 31_536_000 }), {
        title: 'Ends after seconds',
        default: 300,
      }),
    ),
    subject: shortText('About (sub)'),
    issuer: shortText('Issuer (iss)', { advanced: true }),
    audience: shortText('For (aud)', { advanced: true }),
    keyId: shortText('Id of the key (kid)', { advanced: true }),
  }),
  output: Type.Object({ token: Type.String(), expiresAt: Type.String() }),
  sample: { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl', expiresAt: '2026-03-01T09:35:00.000Z' },
});
