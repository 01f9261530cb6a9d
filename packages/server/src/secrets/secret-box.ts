import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError, inputError } from '@fettle/base';

/** Where a secret belongs. It is bound into the ciphertext: a sealed value moved elsewhere does not open. */
export interface SecretPlace {
  readonly dataSource: string;
  readonly environment: string;
  readonly setting: string;
}

/** A key for secrets at rest. `id` is stored beside every sealed value, so that keys can be exchanged one by one. */
export interface SecretKey {
  readonly id: string;
  /** At least 32 characters of random text, or 32 bytes. */
  readonly material: string | Uint8Array;
}

/** Seals secrets with the first key and opens those of every key it was given. */
export interface SecretBox {
  readonly currentKeyId: string;
  readonly keyIds: readonly string[];
  seal(plain: string, place: SecretPlace): string;
  open(sealed: string, place: SecretPlace): string;
  /** Id of the key that a sealed value needs. */
  keyIdOf(sealed: string): string;
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/** Makes the box. The first key seals; the others are kept to open what older keys sealed. */
export function createSecretBox(keys: readonly SecretKey[]): SecretBox {
  const [current] = keys;
  if (current === undefined) throw missingKeys();
  const ciphers = new Map(keys.map((key) => [key.id, deriveKey(key)]));

  const cipherOf = (keyId: string): Buffer => {
    const cipher = ciphers.get(keyId);
    if (cipher !== undefined) return cipher;
    throw unreadable(`Stored secrets need the key "${keyId}", which this server was not given.`, keyId);
  };
  return {
    currentKeyId: current.id,
    keyIds: keys.map((key) => key.id),
    keyIdOf: (sealed) => split(sealed).keyId,
    seal: (plain, place) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', cipherOf(current.id), nonce).setAAD(contextOf(current.id, place));
      const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}.${current.id}.${body.toString('base64url')}`;
    },
    open: (sealed, place) => {
      const { keyId, body } = split(sealed);
      const key = cipherOf(keyId);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(contextOf(keyId, place)).setAuthTag(body.subarray(-tagBytes));
        return decipher.update(body.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw unreadable('A stored secret does not open with its key.', keyId);
      }
    },
  };
}

function deriveKey(key: SecretKey): Buffer {
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(key.id)) {
    throw inputError({
      code: 'secrets.key-id-invalid',
      message: 'The id of a key for secrets may hold letters, digits, "_" and "-", 40 at most.',
      hint: 'Choose an id such as "2026-01".',
    });
  }
  if (key.material.length < 32) {
    throw inputError({
      code: 'secrets.key-too-short',
      message: `The key "${key.id}" for secrets is too short.`,
      hint: 'Use at least 32 random characters, e.g. the output of: openssl rand -base64 32',
    });
  }
  return Buffer.from(hkdfSync('sha256', key.material, 'fettle', `secrets ${key.id}`, 32));
}

// Lengths before the parts: no two different places can give the same bytes.
function contextOf(keyId: string, place: SecretPlace): Buffer {
  const parts = [version, keyId, place.dataSource, place.environment, place.setting];
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('|'), 'utf8');
}

function split(sealed: string): { readonly keyId: string; readonly body: Buffer } {
  const [found, keyId, text, ...rest] = sealed.split('.');
  const body = Buffer.from(text ?? '', 'base64url');
  if (found !== version || keyId === undefined || rest.length > 0 || body.length < nonceBytes + tagBytes) {
    throw unreadable('A stored secret has an unknown form.');
  }
  return { keyId, body };
}

function unreadable(message: string, keyId?: string): AppError {
  return new AppError('unavailable', {
    code: 'secrets.unreadable',
    message,
    hint: 'Give the server the key that sealed it, or enter the secret again.',
    ...(keyId === undefined ? {} : { details: { keyId } }),
  });
}

function missingKeys(): AppError {
  return inputError({
    code: 'secrets.key-missing',
    message: 'There is no key for secrets.',
    hint: 'Set one, at least 32 random characters.',
  });
}
