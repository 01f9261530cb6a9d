import { upstreamError, type Json } from '@fettle/sdk';
import {
  createTestEventActionContext,
  testEventActionExtension,
  type TestEventActionOptions,
} from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { checkNow } from './index.ts';

const connect = () => Promise.resolve({ address: '192.0.2.1', ms: 4 });

testEventActionExtension(checkNow, {
  example: () => ({ settings: { host: 'mail.example.com', check: 'port', port: 25 }, network: { connect } }),
});

const run = async (options: TestEventActionOptions): Promise<Json> =>
  (await checkNow.load()).run(createTestEventActionContext(options).context);
const host = 'www.example.com';

describe('a check from a button', () => {
  it('says in a sentence how the host is', async () => {
    expect(await run({ settings: { host, check: 'port', port: 443 }, network: { connect } })).toEqual({
      isUp: true,
      summary: 'www.example.com listens at port 443 (0 ms).',
      ms: 0,
      problem: null,
    });
    const lookUp = () => Promise.resolve(['192.0.2.2', '192.0.2.1']);
    expect(await run({ settings: { host, check: 'name' }, network: { lookUp } })).toMatchObject({
      summary: 'www.example.com is 192.0.2.1, 192.0.2.2 (0 ms).',
    });
    const certificate = () =>
      Promise.resolve({
        subject: host,
        issuer: 'Example CA',
        validFrom: '2026-01-01T00:00:00.000Z',
        validTo: '2026-03-31T09:30:00.000Z',
        names: [host],
        isTrusted: true,
      });
    expect(await run({ settings: { host, check: 'certificate' }, network: { certificate } })).toMatchObject({
      summary: 'www.example.com has a certificate for 30 more days (0 ms).',
    });
    const asked: string[] = [];
    const fetch = (url: string) => {
      asked.push(url);
      return Promise.resolve({ status: 503, headers: {}, body: new Uint8Array() });
    };
    expect(await run({ settings: { host, check: 'web', port: 8443 }, fetch })).toMatchObject({
      isUp: false,
      summary: 'www.example.com: It answers 503.',
      problem: 'It answers 503.',
    });
    expect(asked).toEqual(['https://www.example.com:8443/']);
  });

  it('finds a host down without failing', async () => {
    const refused = upstreamError({ code: 'network.unreachable', message: 'It refuses connections at this port.' });
    const network = { connect: () => Promise.reject(refused) };
    expect(await run({ settings: { host, check: 'port', port: 1 }, network })).toMatchObject({
      isUp: false,
      summary: 'www.example.com: It refuses connections at this port.',
    });
  });

  it('tells whoever pressed what to do when there is no host', async () => {
    await expect(run({ settings: { host: ' ', check: 'port', port: 1 }, network: { connect } })).rejects.toMatchObject({
      message: 'There is no host to check.',
      hint: 'Enter one, or ask whoever built the app to set it.',
    });
  });

  it('looks at listed hosts alone, where some are listed', async () => {
    const look = (given: string, allowed: string) =>
      run({ settings: { host: given, check: 'port', port: 443, allowed }, network: { connect } });
    expect(await look('A.Example.com', '*.example.com')).toMatchObject({ isUp: true });
    expect(await look(host, 'other.test, www.example.com')).toMatchObject({ isUp: true });
    for (const other of ['example.com', 'evilexample.com', 'www.example.com.evil.test'])
      await expect(look(other, '*.example.com www.example.com')).rejects.toMatchObject({
        code: 'it-operations.host-not-listed',
      });
  });
});
