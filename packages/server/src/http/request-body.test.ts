import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { setUp } from '../testing/test-world.ts';
import type { TestClient } from '../testing/test-client.ts';

describe('request bodies', () => {
  let server: TestServer;
  let owner: TestClient;
  let path: string;
  beforeAll(async () => {
    server = await startTestServer('sqlite');
    const { client, workspaceId } = await setUp(server);
    owner = client;
    path = `/api/workspaces/${workspaceId}`;
  });
  afterAll(() => server.stop());
  const cookie = (): string => [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  it('are refused by their announced length before they are read', async () => {
    const started = performance.now();
    const reply = await owner.send('PATCH', path, { body: JSON.stringify({ name: 'x'.repeat(50 * 1024 * 1024) }) });
    expect([reply.status, reply.body['code']]).toEqual([413, 'body.too-large']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('are refused by a counter when no length is announced', async () => {
    const { status, sent } = await sendEndlessly(server.url + path, {
      cookie: cookie(),
      'content-type': 'application/json',
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  it.each([
    ['deep nesting', '['.repeat(500_000), 'body.too-deep'],
    ['a prototype key', '{"name":"x","__proto__":{"role":"owner"}}', 'body.forbidden-key'],
    ['an escaped prototype key', '{"name":"x","\\u005f_proto__":1}', 'body.forbidden-key'],
    ['a constructor key', '{"name":"x","constructor":{}}', 'body.forbidden-key'],
    ['the same key twice', '{"name":"x","name":"y"}', 'body.duplicate-key'],
    ['the same key twice, once escaped', '{"name":"x","n\\u0061me":"y"}', 'body.duplicate-key'],
    ['a comment', '{"name":"x"/* */}', 'body.not-json'],
    ['a trailing comma', '{"name":"x",}', 'body.not-json'],
    ['a bare word', '{"name":NaN}', 'body.not-json'],
    ['nothing', '', 'body.wrong-type'],
  ])('with %s are refused', async (_, body, code) => {
    const reply = await owner.send('PATCH', path, body === '' ? {} : { body });
    expect([reply.status >= 400 && reply.status < 500, reply.body['code']]).toEqual([true, code]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-7',
    'application/json; charset=utf-16',
  ])('of type %s are refused with 415', async (type) => {
    const reply = await owner.send('PATCH', path, { body: '{"name":"x"}', headers: { 'content-type': type } });
    expect(reply.status).toBe(415);
  });

  it('may not bring fields that the route does not take', async () => {
    const fields = ['role', 'isOperator', 'is_operator', 'workspaces', 'id', 'email', 'isActive'];
    for (const field of fields) {
      const reply = await owner.call(routes.account.updateAccount, { body: { name: 'Me', [field]: 'owner' } });
      expect([field, reply.status, reply.body['code']]).toEqual([field, 400, 'body.invalid']);
    }
    const reply = await owner.send('PATCH', `${path}?role=owner`, { body: '{"name":"x"}' });
    expect([reply.status, reply.body['code']]).toEqual([400, 'query.invalid']);
  });

  it('name what is wrong and where', async () => {
    const reply = await owner.call(routes.account.updateAccount, { body: { name: 5 } });
    expect(reply.status).toBe(400);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(reply.text).toContain('/name');
  });

  it('of other sites are refused, whatever they say', async () => {
    const { host } = new URL(server.url);
    const foreign = [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: `http://${host}.evil.test` },
      { origin: `http://evil.test/${host}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const reply = await owner.send('PATCH', path, {
        body: '{"name":"Stolen"}',
        headers: headers as Record<string, string>,
      });
      expect([headers, reply.status, reply.body['code']]).toEqual([headers, 403, 'origin.foreign']);
    }
    expect((await owner.send('GET', path)).text).not.toContain('Stolen');
    const own = await owner.send('PATCH', path, { body: '{"name":"Mine"}', headers: { origin: `http://${host}` } });
    expect(own.status).toBe(200);
  });
});

/** Sends a body without end until an answer comes. */
function sendEndlessly(
  url: string,
  headers: Record<string, string>,
): Promise<{ readonly status: number; readonly sent: number }> {
  return new Promise((resolve, reject) => {
    const chunk = Buffer.alloc(64 * 1024, '[');
    let sent = 0;
    const outgoing = request(url, { method: 'PATCH', headers }, (reply) => {
      clearInterval(timer);
      resolve({ status: reply.statusCode ?? 0, sent });
      outgoing.destroy();
    });
    const timer = setInterval(() => {
      sent += chunk.length;
      outgoing.write(chunk);
    }, 1);
    outgoing.on('error', reject);
  });
}
