import { Buffer } from 'node:buffer';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { inputError } from '@fettle/base';
import { checkSchema } from '@fettle/definition';
import { Type, type Static } from 'typebox';
import type { PackageFiles } from './archive/read-archive.ts';

/** The file in a package that holds its signature. */
export const signatureFile = 'fettle.signature.json';

const signatureSchema = Type.Object(
  {
    format: Type.Literal(1),
    /** Ed25519, the 32 bytes of the public key in base64. */
    key: Type.String({ minLength: 44, maxLength: 44 }),
    signature: Type.String({ minLength: 88, maxLength: 88 }),
  },
  { additionalProperties: false },
);

/** Who signed a package: its public key. Who that is, the installation knows or does not. */
export type PluginSignature = Static<typeof signatureSchema>;

// What stands before the 32 bytes of an Ed25519 key in DER, public and private.
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** `sha512-<base64>` of bytes, as registries and browsers write it. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/** Throws unless bytes are those that were announced. */
export function assertIntegrity(bytes: Uint8Array, expected: string): void {
  if (integrityOf(bytes) === expected.trim()) return;
  throw inputError({
    code: 'plugin.integrity',
    message: 'The archive is not the one that was announced: its sha512 sum differs.',
    hint: 'Get it again from its publisher, and do not install this copy.',
  });
}

/** Checks the signature in a package; undefined when there is none. A signature that does not fit is refused. */
export function verifySignature(files: PackageFiles): PluginSignature | undefined {
  const stored = files.get(signatureFile);
  if (stored === undefined) return undefined;
  const signature = parseSignature(stored);
  const key = createPublicKey({
    key: Buffer.concat([publicPrefix, Buffer.from(signature.key, 'base64')]),
    format: 'der',
    type: 'spki',
  });
  if (!verify(null, signedBytes(files), key, Buffer.from(signature.signature, 'base64')))
    throw badSignature('Its files are not those that were signed.');
  return signature;
}

/** The files with a signature by `privateKey` (PEM) among them. */
export function signPackage(files: PackageFiles, privateKey: string): PackageFiles {
  const key = privateKeyFrom(privateKey);
  const signature: PluginSignature = {
    format: 1,
    key: rawPublicKey(createPublicKey(key)),
    signature: sign(null, signedBytes(files), key).toString('base64'),
  };
  return new Map([...files, [signatureFile, Buffer.from(`${JSON.stringify(signature, undefined, 2)}\n`)]]);
}

/** A new pair of keys: the private one as PEM, the public one as {@link PluginSignature} and settings name it. */
export function createSigningKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: rawPublicKey(publicKey),
  };
}

/** What is signed: the names and sums of all files but the signature itself. */
function signedBytes(files: PackageFiles): Buffer {
  const lines = [...files]
    .filter(([path]) => path !== signatureFile)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => `${integrityOf(bytes)} ${path}\n`);
  return Buffer.from(`fettle plugin 1\n${lines.join('')}`);
}

function parseSignature(bytes: Uint8Array): PluginSignature {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw badSignature('It is not JSON.');
  }
  const [problem] = checkSchema(signatureSchema, json, '');
  if (problem !== undefined) throw badSignature(problem.message);
  return json as PluginSignature;
}

function privateKeyFrom(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without anything of the key.
  }
  throw inputError({
    code: 'plugin.key-invalid',
    message: 'This is not a private Ed25519 key in PEM form.',
    hint: 'Make one with `openssl genpkey -algorithm ed25519`.',
  });
}

function rawPublicKey(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).subarray(publicPrefix.length).toString('base64');
}

function badSignature(what: string) {
  return inputError({
    code: 'plugin.signature-invalid',
    message: `The signature of the plugin is not valid. ${what}`,
    hint: 'Get the plugin again from its publisher, and do not install this copy.',
  });
}
