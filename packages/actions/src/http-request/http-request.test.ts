import { afterEach, describe, expect, it } from 'vitest';
import { effectOf } from '@fettle/sdk';
import { listen, type GivenAnswer, type ReceivedRequest } from '../testing/listening-server.ts';
import { runAction } from '../testing/run-action.ts';
import { httpRequestManifest } from './manifest.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(handler: (request: ReceivedRequest) => GivenAnswer) {
  const server = await listen(handler);
  servers.push(server);
  return server;
}

describe('HTTP request', () => {
  it('sends method, parameters, headers, body and the idempotency key', async () => {
    const { url, received } = await serve(() => ({ status: 201, json: { id: 7 } }));
    const { output } = await runAction('http-request', {
      method: 'POST',
      url: `${url}/orders?a=1`,
      query: [{ name: 'q', value: 'ä &' }],
      headers: [{ name: 'X-Trace', value: 't1' }],
      bodyType: 'json',
      json: { total: 3 },
    });
    expect(output).toMatchObject({ status: 201, ok: true, body: { id: 7 } });
    const [request] = received;
    expect(request).toMatchObject({ method: 'POST', path: '/orders', json: { total: 3 } });
    expect(request?.query.get('q')).toBe('ä &');
    expect(request?.query.get('a')).toBe('1');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'run_1/stp_1',
      'x-trace': 't1',
    });
  });

  it('sends forms and text', async () => {
    const { url, received } = await serve(() => ({ json: {} }));
    await runAction('http-request', { method: 'POST', url, bodyType: 'form', form: [{ name: 'a', value: 1 }] });
    await runAction('http-request', { method: 'PUT', url, bodyType: 'text', text: '<a/>', contentType: 'text/xml' });
    expect(received.map(({ text, headers }) => [text, headers['content-type']])).toEqual([
      ['a=1', 'application/x-www-form-urlencoded'],
      ['<a/>', 'text/xml'],
    ]);
  });

  it('sends stored files, alone or with the fields of a form', async () => {
    const { url, received } = await serve(() => ({ json: {} }));
    const bytes = Uint8Array.from([0x50, 0x4b, 0, 0xff]);
    const files = {
      file_1: { name: 'a "b".zip', type: 'application/zip', bytes },
      file_2: { name: 'n.txt', type: 'text/plain', bytes: new TextEncoder().encode('two') },
    };
    const common = { method: 'POST', url };
    await runAction('http-request', { ...common, bodyType: 'file', file: { id: 'file_1' } }, { files });
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/zip', 'content-length': '4' });
    const form = [{ name: 'ticket', value: 7 }];
    const settings = {
      ...common,
      bodyType: 'multipart',
      form,
      fileField: 'upload',
      file: ['file_1', { id: 'file_2' }],
    };
    await runAction('http-request', settings, { files });
    const [, { headers, text }] = received as [unknown, (typeof received)[number]];
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(text).toContain('name="ticket"');
    expect(text).toContain('name="upload"; filename="a %22b%22.zip"');
    expect(text).toContain('Content-Type: application/zip');
    expect(text.match(/name="upload"/g)).toHaveLength(2);
    await expect(runAction('http-request', { ...common, bodyType: 'file' }, { files })).rejects.toMatchObject({
      code: 'action.incomplete',
    });
  });

  it('reads answers in their encoding, and keeps what is no text as a file', async () => {
    const { url } = await serve(({ path }) =>
      path === '/latin'
        ? { headers: { 'content-type': 'text/plain; charset=iso-8859-1' }, bytes: Uint8Array.from([0x47, 0xfc, 0xdf]) }
        : { headers: { 'content-type': 'image/png' }, bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1]) },
    );
    expect((await runAction('http-request', { url: `${url}/latin` })).output).toMatchObject({ body: 'Güß' });
    expect((await runAction('http-request', { url: `${url}/logo.png` })).output).toMatchObject({
      body: null,
      file: { type: 'image/png', size: 6 },
    });
  });

  it('signs in by token, password and key without ever showing them', async () => {
    const { url, received } = await serve(({ headers }) => ({ status: 400, json: headers }));
    const secrets = { secret: 'very secret value' };
    for (const settings of [
      { authentication: 'bearer' },
      { authentication: 'basic', user: 'ada' },
      { authentication: 'header', keyHeader: 'X-Key' },
    ]) {
      const { output } = await runAction('http-request', { url, failOnStatus: false, ...settings }, { secrets });
      expect(JSON.stringify(output)).not.toContain('very secret value');
      expect(JSON.stringify(output)).not.toContain(Buffer.from('ada:very secret value').toString('base64'));
      const error = await runAction('http-request', { url, ...settings }, { secrets }).catch(
        (thrown: unknown) => thrown,
      );
      expect(String((error as Error).message)).not.toContain('very secret value');
    }
    expect(received[0]?.headers.authorization).toBe('Bearer very secret value');
    expect(received[4]?.headers['x-key']).toBe('very secret value');
  });

  it('fails on error answers with their status and when to try again, or hands them on', async () => {
    const { url } = await serve(() => ({ status: 429, headers: { 'retry-after': '7' }, json: { slow: 'down' } }));
    await expect(runAction('http-request', { url })).rejects.toMatchObject({
      code: 'http.too-many',
      kind: 'too-many',
      details: { status: 429, retryAfterMs: 7_000 },
    });
    const { output } = await runAction('http-request', { url, failOnStatus: false });
    expect(output).toMatchObject({ status: 429, ok: false, retryAfterMs: 7_000, body: { slow: 'down' } });
  });

  it('keeps a file in storage, and insists on JSON when asked to', async () => {
    const { url } = await serve(() => ({
      text: 'a,b',
      headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="list.csv"' },
    }));
    const { output, files } = await runAction('http-request', { url, answerAs: 'file' });
    expect(output).toMatchObject({ body: null, file: { id: 'file_1', type: 'text/csv', size: 3 } });
    expect(files.get('file_1')?.name).toBe('list.csv');
    await expect(runAction('http-request', { url, answerAs: 'json' })).rejects.toMatchObject({ code: 'http.not-json' });
  });

  it('holds to its limit of size and stops when it is cancelled', async () => {
    const { url } = await serve(({ path }) => (path === '/big' ? { text: 'x'.repeat(2_000) } : { text: '' }));
    await expect(runAction('http-request', { url: `${url}/big`, maxBytes: 1_000 })).rejects.toMatchObject({
      code: 'outbound.too-large',
    });
    const hanging = await listen(() => new Promise<GivenAnswer>(() => undefined));
    servers.push(hanging);
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    setTimeout(() => controller.abort(reason), 50);
    await expect(runAction('http-request', { url: hanging.url }, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('says that nobody answers, and what is no address', async () => {
    await expect(runAction('http-request', { url: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'http.unreachable',
    });
    await expect(runAction('http-request', { url: 'orders' })).rejects.toMatchObject({ code: 'http.address-invalid' });
  });

  it('only reads with GET, and says what it would do', () => {
    expect(effectOf(httpRequestManifest, { method: 'GET' })).toBe('read');
    expect(effectOf(httpRequestManifest, { method: 'DELETE' })).toBe('outside');
  });
});
