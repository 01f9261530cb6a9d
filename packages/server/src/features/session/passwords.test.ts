import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

describe('passwords', () => {
  it('are kept as argon2id hashes of full cost with a salt of their own', async () => {
    const passwords = createPasswords();
    const [first, second] = [
      await passwords.hash('correct horse battery'),
      await passwords.hash('correct horse battery'),
    ];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await passwords.verify('correct horse battery', first)).toEqual({ isRight: true, needsRehash: false });
    expect((await passwords.verify('correct horse batterz', first)).isRight).toBe(false);
  });

  it('are hashed again when they were kept with less cost', async () => {
    const passwords = createPasswords();
    const weak = await weakHash('old password');
    expect(await passwords.verify('old password', weak)).toEqual({ isRight: true, needsRehash: true });
  });

  it('never match for an account that is not there', async () => {
    const passwords = createPasswords();
    expect(await passwords.verify('anything', undefined)).toEqual({ isRight: false, needsRehash: false });
  });

  it('are refused politely when too many people sign in at once', async () => {
    const passwords = createPasswords();
    const results = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.verify('x', undefined)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBe(18);
    expect(refused[0]).toMatchObject({ reason: { kind: 'unavailable', code: 'session.busy' } });
  });
});

async function weakHash(password: string): Promise<string> {
  const { argon2Sync } = await import('node:crypto');
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 1024,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=1024,t=1,p=1$${text(nonce)}$${text(tag)}`;
}
