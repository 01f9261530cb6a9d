import { createHash, createHmac } from 'node:crypto';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { optionalText, required } from '../required.ts';

const encodings = ['hex', 'base64', 'base64url'] as const;

/** See {@link makeHashManifest}. */
export const action: FlowActionImplementation = {
  run: async ({ settings, secrets, signal }) => {
    signal.throwIfAborted();
    const text = optionalText(settings['text']) ?? '';
    const algorithm = optionalText(settings['algorithm']) ?? 'sha256';
    const encoding = encodings.find((one) => one === settings['encoding']) ?? 'hex';
    // A key that was asked for and is not there must not become a plain hash unseen.
    const key =
      optionalText(settings['key']) === undefined
        ? undefined
        : required(secrets['key'], 'The stored secret is not there: choose another one as the key.');
    const hash = key === undefined ? createHash(algorithm) : createHmac(algorithm, key);
    return Promise.resolve({ value: hash.update(text, 'utf8').digest(encoding) });
  },
};
