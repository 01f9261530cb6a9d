import { timeoutError, upstreamError, type Json } from '@fettle/sdk';
import type { FlowActionExtension } from '@fettle/sdk/server';
import { createTestFlowContext, testFlowActionExtension, type TestFlowContextOptions } from '@fettle/sdk/testing';
import { describe, expect, it } from 'vitest';
import { checkCertificate } from './certificate/index.ts';
import { lookUpName } from './dns-lookup/index.ts';
import { checkHttp } from './http-check/index.ts';
import { checkTcp } from './tcp-check/index.ts';

const answer =
  (status: number, text = 'all well') =>
  () =>
    Promise.resolve({ status, headers: {}, body: new TextEncoder().encode(text) });
const certificate = {
  subject: 'www.example.com',
  issuer: 'Example CA',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2026-03-31T09:30:00.000Z',
  names: ['www.example.com'],
  isTrusted: true,
};
const refused = upstreamError({ code: 'network.unreachable', message: 'It refuses connections at this port.' });

testFlowActionExtension(checkHttp, {
  example: () => ({ settings: { address: 'https://www.example.com', status: 200 }, fetch: answer(200) }),
});
testFlowActionExtension(checkTcp, {
  example: () => ({
    settings: { host: 'mail.example.com', port: 25 },
    network: { connect: () => Promise.resolve({ address: '192.0.2.1', ms: 4 }) },
  }),
});
testFlowActionExtension(checkCertificate, {
  example: () => ({
    settings: { host: 'www.example.com', port: 443 },
    network: { certificate: () => Promise.resolve(certificate) },
  }),
});
testFlowActionExtension(lookUpName, {
  example: () => ({
    settings: { name: 'example.com', type: 'MX' },
    network: { lookUp: () => Promise.resolve(['20 b.example.com', '10 a.example.com']) },
  }),
});

const run = async (action: FlowActionExtension, options: TestFlowContextOptions): Promise<Json> =>
  (await action.load()).run(createTestFlowContext(options).context);

describe('checks', () => {
  it('of web services say what is not as it should be', async () => {
    const settings = { address: 'https://www.example.com', status: 200, contains: 'well' };
    expect(await run(checkHttp, { settings, fetch: answer(200) })).toMatchObject({ isUp: true, problem: null });
    expect(await run(checkHttp, { settings, fetch: answer(200, 'maintenance') })).toMatchObject({
      isUp: false,
      problem: 'The text is not in its answer.',
    });
    expect(await run(checkHttp, { settings, fetch: answer(503) })).toMatchObject({ isUp: false, status: 503 });
    const slow = timeoutError({ code: 'outbound.timeout', message: 'The service did not answer in time.' });
    expect(await run(checkHttp, { settings, fetch: () => Promise.reject(slow) })).toMatchObject({
      isUp: false,
      status: null,
      problem: 'The service did not answer in time.',
    });
    const network = { connect: () => Promise.reject(refused), certificate: () => Promise.reject(refused) };
    expect(await run(checkTcp, { settings: { host: 'a.test', port: 1 }, network })).toMatchObject({ isOpen: false });
    expect(await run(checkCertificate, { settings: { host: 'a.test' }, network })).toMatchObject({
      isReachable: false,
      daysLeft: null,
      problem: 'It refuses connections at this port.',
    });
  });

  it('of certificates count the days that are left', async () => {
    const look = (validTo: string) =>
      run(checkCertificate, {
        settings: { host: 'www.example.com' },
        network: { certificate: () => Promise.resolve({ ...certificate, validTo }) },
      });
    expect(await look('2026-03-31T09:30:00.000Z')).toMatchObject({ daysLeft: 30 });
    expect(await look('2026-03-01T20:00:00.000Z')).toMatchObject({ daysLeft: 0 });
    expect(await look('2026-02-27T09:30:00.000Z')).toMatchObject({ daysLeft: -2 });
  });

  it('of names notice records that are no longer there', async () => {
    const look = (expected: string) =>
      run(lookUpName, {
        settings: { name: 'example.com', type: 'A', expected },
        network: { lookUp: () => Promise.resolve(['192.0.2.2', '192.0.2.1']) },
      });
    expect(await look('192.0.2.1')).toMatchObject({ isAsExpected: true, records: ['192.0.2.1', '192.0.2.2'] });
    expect(await look('192.0.2.9')).toMatchObject({ isAsExpected: false });
  });

  it('fail when it is not allowed to look: that is nothing that was found', async () => {
    const denied = Object.assign(new TypeError('not allowed'), {
      kind: 'not-allowed',
      code: 'plugin.host-not-allowed',
    });
    const network = { connect: () => Promise.reject(denied) };
    await expect(run(checkTcp, { settings: { host: 'a.test' }, network })).rejects.toBe(denied);
  });
});
