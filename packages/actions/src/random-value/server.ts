import { randomInt, randomUUID } from 'node:crypto';
import type { FlowActionImplementation } from '@fettle/sdk/server';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const signs: Readonly<Record<string, string>> = {
  token: `${letters}0123456789-_`,
  hex: '0123456789abcdef',
  digits: '0123456789',
  // Without signs that look like one another: people read it to one another.
  password: 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-+=?!',
};

/** See {@link randomValueManifest}. */
export const action: FlowActionImplementation = {
  run: async ({ settings, signal }) => {
    signal.throwIfAborted();
    const set = signs[String(settings['kind'])];
    if (set === undefined) return Promise.resolve({ value: randomUUID() });
    const length = Math.min(Math.max(Number(settings['length'] ?? 24), 4), 256);
    return Promise.resolve({ value: Array.from({ length }, () => set[randomInt(set.length)]).join('') });
  },
};
