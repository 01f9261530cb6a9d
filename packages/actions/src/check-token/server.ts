import { inputError, type Json } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { optionalText, required, requiredText } from '../required.ts';
import { readToken } from '../tokens/jwt.ts';
import { algorithmOf } from '../tokens/settings.ts';

/** See {@link checkTokenManifest}. The way of signing is the step's: a token does not choose how it is checked. */
export const action: FlowActionImplementation = {
  run: async (context) => {
    const { settings, signal, now } = context;
    signal.throwIfAborted();
    const token = requiredText(settings['text'], 'Give the token.')
      .replace(/^Bearer\s+/i, '')
      .trim();
    const issuer = optionalText(settings['issuer']);
    const audience = optionalText(settings['audience']);
    const read = readToken(token, keyOf(context), {
      algorithms: [algorithmOf(settings['algorithm'])],
      clockTimestamp: Math.floor(now() / 1000),
      clockTolerance: Number(settings['tolerance'] ?? 30),
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    });
    if ('claims' in read) return Promise.resolve({ valid: true, claims: read.claims as Json, reason: '' });
    const { reason } = read;
    if (settings['whenInvalid'] === 'tell') return { valid: false, claims: {}, reason };
    throw inputError({
      code: 'token.invalid',
      message: `The token is not valid: ${reason}`,
      hint: 'Look where it comes from, and at the key and the way of signing in the step.',
    });
  },
};

function keyOf({ settings, secrets }: FlowActionContext): string {
  if (optionalText(settings['key']) !== undefined)
    return required(secrets['key'], 'The stored secret is not there: choose another one as the key.');
  const key = requiredText(settings['publicKey'], 'Choose the stored secret, or give the public key.');
  // As a common secret, a key that everybody knows would let everybody sign.
  if (!algorithmOf(settings['algorithm']).startsWith('HS')) return key;
  throw inputError({
    code: 'token.key-public',
    message: 'A public key cannot check tokens that are signed by a common secret.',
    hint: 'Choose a stored secret as the key, or another way of signing.',
  });
}
