import { inputError, isJsonObject } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { optionalText, required } from '../required.ts';
import { signToken } from '../tokens/jwt.ts';
import { algorithmOf } from '../tokens/settings.ts';

/** See {@link signTokenManifest}: RFC 7519. Times in it are those of the run. */
export const action: FlowActionImplementation = {
  run: async ({ settings, secrets, signal, now }) => {
    signal.throwIfAborted();
    required(settings['key'], 'Choose the stored secret to sign with.');
    const key = required(secrets['key'], 'The stored secret is not there: choose another one as the key.');
    const issuedAt = Math.floor(now() / 1000);
    const expiresAt = issuedAt + Number(settings['expiresIn'] ?? 300);
    const named = { sub: settings['subject'], iss: settings['issuer'], aud: settings['audience'] };
    const claims = {
      ...(isJsonObject(settings['claims']) ? settings['claims'] : {}),
      ...Object.fromEntries(
        Object.entries(named).flatMap(([name, value]) => {
          const text = optionalText(value);
          return text === undefined ? [] : [[name, text]];
        }),
      ),
      iat: issuedAt,
      exp: expiresAt,
    };
    const keyid = optionalText(settings['keyId']);
    try {
      const options = { algorithm: algorithmOf(settings['algorithm']), ...(keyid === undefined ? {} : { keyid }) };
      const token = signToken(claims, key, options);
      return await Promise.resolve({ token, expiresAt: new Date(expiresAt * 1000).toISOString() });
    } catch (cause) {
      // What the library says may quote what it was given.
      throw inputError({
        code: 'token.not-signed',
        message: 'The token cannot be signed with this key and these claims.',
        hint: 'Check that the key fits the way of signing (PEM for RS, PS and ES), and that claims such as nbf are numbers.',
        cause,
      });
    }
  },
};
