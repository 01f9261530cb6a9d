import { choice } from '@fettle/sdk';

/** How tokens are signed, as RFC 7518 names it. */
export const algorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS512', 'PS256', 'ES256', 'ES384'] as const;

/** A way of signing. */
export type TokenAlgorithm = (typeof algorithms)[number];

/** The setting of it. */
export function algorithmSetting() {
  return choice(algorithms, {
    title: 'Signed by',
    description: 'HS… takes a common secret; RS…, PS… and ES… a private key to sign and its public key to check.',
    default: 'HS256',
    ui: { bindable: false, editor: 'select' },
  });
}

/** The one that a step is set to. */
export function algorithmOf(value: unknown): TokenAlgorithm {
  return algorithms.find((one) => one === value) ?? 'HS256';
}
