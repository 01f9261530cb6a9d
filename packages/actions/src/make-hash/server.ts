import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
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
    const value = hash.update(text, 'utf8').digest(encoding);
    const expected = optionalText(settings['expected']);
    return Promise.resolve({ value, matches: expected === undefined ? null : isSame(value, expected, encoding) });
  },
};

/** Compares in a time that does not tell how much of it was right. */
function isSame(value: string, expected: string, encoding: (typeof encodings)[number]): boolean {
  // Hexadecimal is written in either case.
  const [a, b] = [value, expected].map((text) =>
    Buffer.from(encoding === 'hex' ? text.trim().toLowerCase() : text.trim()),
  );
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b);
}
