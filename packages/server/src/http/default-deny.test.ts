import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, routes } from '@fettle/contract';
import { sampleCall } from '../testing/sample-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createWorld, type TestWorld } from '../testing/test-world.ts';

/** Everything a stranger may ever get an answer from. Reviewed by hand; it grows by a decision, never by accident. */
const open = [
  'setup.state',
  'setup.run',
  'session.read',
  'session.create',
  'session.refresh',
  'health.live',
  'health.ready',
  'openapi',
  'schemas.list',
  'schemas.read',
  // A signed link, which names one step of one run and works once, is the right.
  'flow-answers.read',
  'flow-answers.give',
  'hooks.get',
  'hooks.post',
  'hooks.put',
  'hooks.patch',
  'hooks.delete',
  'hooks.options',
  // The token of the installation is the right; without one there is nothing.
  'system.metrics',
];

describe('the API towards strangers', () => {
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer('sqlite');
    world = await createWorld(server);
  });
  afterAll(() => server.stop());

  it('has no public route that is not on the list', () => {
    expect(
      allRoutes
        .filter(({ access }) => access.kind === 'public')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...open].sort());
  });

  it('answers 401 to everything else, whatever the body', async () => {
    const strange: string[] = [];
    for (const route of allRoutes.filter(({ id }) => !open.includes(id))) {
      const { params = {}, query = {}, body } = sampleCall(route, world, 'visitor');
      for (const content of [undefined, {}, body]) {
        if (content !== undefined && route.method === 'GET') continue;
        const reply = await server
          .client()
          .call(route, { params, query, ...(content === undefined ? {} : { body: content }) });
        if (reply.status !== 401) strange.push(`${route.id}: ${reply.status}`);
      }
    }
    expect(strange).toEqual([]);
  });

  it('answers 404 to addresses that no route has, and 405 with the methods that one has', async () => {
    const client = server.client();
    for (const path of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/apps/x/y/z',
      '/api//session',
      '/api/session/',
      '/api/../api/nothing',
    ]) {
      expect([path, (await client.send('GET', path)).status]).toEqual([path, 404]);
    }
    const reply = await client.send('PUT', '/api/session');
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
  });

  it('sends the protective headers with every answer and says nothing of itself', async () => {
    for (const path of ['/api/session', '/api/nothing', '/', '/assets/none.js']) {
      const { headers } = await server.client().send('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await server.client().send('GET', '/api/session')).headers.get('cache-control')).toBe('private, no-store');
  });

  it('describes every route in its OpenAPI document', async () => {
    const { body } = await server.client().call(routes.system.openApi);
    const ids = Object.values(body['paths'] ?? {}).flatMap((path) =>
      Object.values(path).map((operation) => operation['operationId']),
    );
    expect(ids.sort()).toEqual(allRoutes.map(({ id }) => id).sort());
  });

  it('answers a request with two lengths with 400 and closes', async () => {
    const answer = await raw(
      server.url,
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
  });
});

function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
