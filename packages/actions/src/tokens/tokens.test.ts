import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { runAction } from '../testing/run-action.ts';

const secrets = { key: 'a common secret of some length!!' };
const now = Date.UTC(2026, 2, 1, 9, 30);
const sign = async (settings: Readonly<Record<string, unknown>>, key = secrets.key) =>
  (await runAction('sign-token', { key: 'k', ...settings }, { secrets: { key } })).output as {
    token: string;
    expiresAt: string;
  };
const check = async (settings: Readonly<Record<string, unknown>>, at = now, key: string | null = secrets.key) =>
  (
    await runAction(
      'check-token',
      { ...(key === null ? {} : { key: 'k' }), whenInvalid: 'tell', ...settings },
      {
        secrets: key === null ? {} : { key },
        now: at,
      },
    )
  ).output as { valid: boolean; claims: Record<string, unknown>; reason: string };

describe('tokens', () => {
  it('are signed so that others can check them, and end', async () => {
    const { token, expiresAt } = await sign({
      claims: { role: 'x', exp: 1 },
      subject: 7,
      audience: 'api',
      keyId: 'k1',
    });
    expect(expiresAt).toBe('2026-03-01T09:35:00.000Z');
    const read = jwt.verify(token, secrets.key, { complete: true, clockTimestamp: now / 1000, algorithms: ['HS256'] });
    expect(read).toMatchObject({
      header: { alg: 'HS256', kid: 'k1' },
      payload: { role: 'x', sub: '7', aud: 'api', iat: now / 1000, exp: now / 1000 + 300 },
    });
    expect(await check({ text: `Bearer ${token}`, audience: 'api' })).toMatchObject({
      valid: true,
      claims: { sub: '7' },
    });
    expect(await check({ text: token, audience: 'other' })).toEqual({
      valid: false,
      claims: {},
      reason: 'it is for somebody else.',
    });
    expect(await check({ text: token }, now + 331_000)).toMatchObject({ valid: false, reason: 'it has ended.' });
    expect(await check({ text: token }, now, 'another secret of some length!!')).toMatchObject({
      reason: 'its signature is wrong.',
    });
    await expect(check({ text: `${token}x`, whenInvalid: 'fail' })).rejects.toMatchObject({ code: 'token.invalid' });
  });

  it('are signed by private keys and checked by public ones', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { token } = await sign({ algorithm: 'ES256' }, privateKey);
    expect(await check({ text: token, algorithm: 'ES256', publicKey }, now, null)).toMatchObject({ valid: true });
    await expect(sign({ algorithm: 'ES256' })).rejects.toMatchObject({ code: 'token.not-signed' });
    // The public key is known to all: a token signed with it as a common secret proves nothing.
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'admin' })}`;
    const forged = `${body}.${createHmac('sha256', publicKey).update(body).digest('base64url')}`;
    expect(await check({ text: forged, algorithm: 'ES256', publicKey }, now, null)).toMatchObject({
      valid: false,
    });
    await expect(check({ text: forged, algorithm: 'HS256', publicKey }, now, null)).rejects.toMatchObject({
      code: 'token.key-public',
    });
    const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'admin' })}.`;
    expect(await check({ text: unsigned })).toMatchObject({ valid: false });
  });
});

describe('hashes and random values', () => {
  it('are compared, whatever case they are written in', async () => {
    const settings = { text: 'a', key: 'k' };
    const { output } = await runAction('make-hash', settings, { secrets });
    const { value } = output as { value: string };
    const matches = async (expected: string) =>
      (await runAction('make-hash', { ...settings, expected }, { secrets })).output;
    expect(await matches(value.toUpperCase())).toMatchObject({ matches: true });
    expect(await matches(`${value.slice(1)}0`)).toMatchObject({ matches: false });
    expect(await matches('')).toMatchObject({ matches: null });
  });

  it('are drawn of the kind and length that was asked for', async () => {
    const draw = async (settings: object) =>
      ((await runAction('random-value', { ...settings })).output as { value: string }).value;
    expect(await draw({})).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await draw({ kind: 'digits', length: 6 })).toMatch(/^\d{6}$/);
    expect(await draw({ kind: 'hex', length: 32 })).toMatch(/^[0-9a-f]{32}$/);
    expect(await draw({ kind: 'token' })).toMatch(/^[\w-]{24}$/);
    expect(await draw({ kind: 'password', length: 64 })).not.toMatch(/[0O1lI]/);
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => draw({ kind: 'token' })))).size).toBe(50);
  });
});
