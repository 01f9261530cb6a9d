import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError, bug } from '@fettle/base';

/** Cost of a hash: memory in KiB, passes over it, lanes. */
export interface PasswordCost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const fullCost: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
// Hashing is meant to be expensive, so it must not be free to ask for: two at a time, and a short queue.
const maxRunning = 2;
const maxWaiting = 60;

/** Hashes and checks passwords (argon2id). */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** With an undefined hash it takes the same time and answers false: unknown accounts cannot be told from known ones. */
  verify(
    password: string,
    hash: string | undefined,
  ): Promise<{ readonly isRight: boolean; readonly needsRehash: boolean }>;
}

interface Encoded extends PasswordCost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** Makes the password service. Only tests that are not about passwords take less than the full cost. */
export function createPasswords(cost: PasswordCost = fullCost): Passwords {
  const limit = createQueue();
  const hash = (password: string): Promise<string> =>
    limit(async () => {
      const salt = randomBytes(16);
      return encode({ ...cost, salt, tag: await derive(password, { ...cost, salt, length: tagLength }) });
    });
  // Looks like a hash and is none: no password leads to it.
  const nobody = encode({ ...cost, salt: randomBytes(16), tag: randomBytes(tagLength) });
  return {
    hash,
    async verify(password, stored) {
      const expected = decode(stored ?? nobody);
      const tag = await limit(() => derive(password, { ...expected, length: expected.tag.length }));
      const isRight = timingSafeEqual(tag, expected.tag) && stored !== undefined;
      const needsRehash = expected.memory < cost.memory || expected.passes < cost.passes;
      return { isRight, needsRehash: isRight && needsRehash };
    },
  };
}

function derive(
  password: string,
  options: { memory: number; passes: number; parallelism: number; salt: Buffer; length: number },
): Promise<Buffer> {
  const { memory, passes, parallelism, salt, length } = options;
  return new Promise((resolve, reject) => {
    // One person types é as one character, another as two: both mean the same password.
    const message = Buffer.from(password.normalize('NFC'), 'utf8');
    argon2('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength: length }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

/** The usual text form: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`. */
function encode({ memory, passes, parallelism, salt, tag }: Encoded): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

function decode(stored: string): Encoded {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored);
  if (match === null) throw bug('A stored password hash cannot be read.');
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= maxRunning) {
      if (waiting.length >= maxWaiting) throw busy();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

function busy(): AppError {
  return new AppError('unavailable', {
    code: 'session.busy',
    message: 'Too many people are signing in right now.',
    hint: 'Try again in a few seconds.',
    details: { retryAfterSeconds: 3 },
  });
}
