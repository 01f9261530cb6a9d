import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { QueryRequest } from '@fettle/sdk';
import type { DataSession, GuardedFetch } from '@fettle/sdk/server';
import { rest } from '../src/rest/server.ts';
import { testContext, unhurried as calm } from './context.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let base = '';
let seen: Seen[] = [];
let reply: { status: number; body: string; type: string; delayMs?: number } = {
  status: 200,
  body: '{}',
  type: 'application/json',
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      setTimeout(
        () => response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body),
        reply.delayMs ?? 0,
      );
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/v1`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
  reply = { status: 200, body: '{}', type: 'application/json' };
});

const fetchPlainly: GuardedFetch = async (url, { method, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: body as string }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
};

const open = (settings: Record<string, Json> = {}, secrets: Record<string, string> = {}): DataSession =>
  rest.open({ ...testContext({ baseUrl: base, ...settings }, secrets), fetch: fetchPlainly });

const run = (settings: Record<string, Json>, more: Partial<QueryRequest> = {}, session = open()) =>
  (session.query as NonNullable<DataSession['query']>).call(
    session,
    { kind: 'http', settings, parameters: {}, scope: {}, mode: 'write', timeoutMs: 5000, maxRows: 100, ...more },
    calm,
  );

describe('REST queries', () => {
  it('call functions of plugins in requests and results', async () => {
    reply = { ...reply, body: '{"name":"ada"}' };
    const functions = {
      '$shop.loud': { parameters: [{ name: 'x', type: 'text' }], returns: 'text', expression: 'upper(x)' },
    } as const;
    const result = await run(
      { method: 'GET', path: '/people/{{ $shop.loud(id) }}', result: '{{ $shop.loud(data.name) }}' },
      { parameters: { id: 'a7' }, functions },
    );
    expect(seen[0]?.url).toBe('/api/v1/people/A7');
    expect(result.data).toBe('ADA');
  });

  it('fill path, query, headers and body from parameters', async () => {
    reply = { ...reply, body: '[{"id":1,"name":"a","at":null},{"id":2,"name":"b","at":1.5}]' };
    const result = await run(
      {
        method: 'POST',
        path: '/people/{{ id }}/notes?fixed=1',
        query: [
          { name: 'q', value: '{{ text }}' },
          { name: 'tag', value: '{{ tags }}' },
        ],
        headers: [{ name: 'X-Trace', value: 'n-{{ id }}' }],
        bodyType: 'json',
        body: '{ "id": {{ id }}, "text": "say {{ text }}", "tags": {{ tags }} }',
      },
      { parameters: { id: 'a/../b?c#d', text: 'x&y="z"\n', tags: ['1', '2'] }, scope: {} },
    ).catch((error: unknown) => error);
    expect(result).toMatchObject({
      data: [{ id: 1 }, { id: 2 }],
      truncated: false,
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
        { name: 'at', type: 'number' },
      ],
    });
    expect(seen[0]?.url).toBe('/api/v1/people/a%2F..%2Fb%3Fc%23d/notes?fixed=1&q=x%26y%3D%22z%22%0A&tag=1&tag=2');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ id: 'a/../b?c#d', text: 'say x&y="z"\n', tags: ['1', '2'] });
  });

  it.each([
    ['/{{ id }}', { id: '..' }],
    ['/{{ id }}', { id: '' }],
    ['/../../admin', {}],
    ['/%2e%2e/%2e%2e/admin', {}],
  ])('never leave the base URL: %s', async (path, parameters) => {
    await expect(
      run({ method: 'GET', path }, { parameters: parameters as Record<string, Json> }),
    ).rejects.toMatchObject({ kind: 'input', code: 'query.request-invalid' });
    expect(seen).toEqual([]);
  });

  it('treat what looks like another host as a path', async () => {
    await run({ method: 'GET', path: '//evil.example/x' });
    await run({ method: 'GET', path: '@evil.example/x' });
    await run({ method: 'GET', path: '/{{ a }}' }, { parameters: { a: 'http://evil.example' } });
    expect(seen.map(({ url }) => url)).toEqual([
      '/api/v1//evil.example/x',
      '/api/v1/@evil.example/x',
      '/api/v1/http%3A%2F%2Fevil.example',
    ]);
  });

  it('refuse headers with line breaks and headers of the connection', async () => {
    const header = (name: string, value: string) =>
      run({ method: 'GET', path: '/', headers: [{ name, value }] }, { parameters: { v: 'a\r\nx-evil: 1' } });
    await expect(header('x-a', '{{ v }}')).rejects.toMatchObject({ kind: 'input' });
    await expect(header('Host', 'evil')).rejects.toMatchObject({ kind: 'input' });
    await expect(header('x a', 'b')).rejects.toMatchObject({ kind: 'input' });
  });

  it('sign in with a bearer token, user and password, or a key', async () => {
    const get = { method: 'GET', path: '/' };
    await run(get, {}, open({ authentication: 'bearer' }, { token: 't0k' }));
    await run(get, {}, open({ authentication: 'basic', user: 'u' }, { password: 'p:w' }));
    await run(get, {}, open({ authentication: 'apiKey', keyName: 'X-Key', keyPlace: 'header' }, { key: 'k' }));
    await run(get, {}, open({ authentication: 'apiKey', keyName: 'key', keyPlace: 'query' }, { key: 'k&' }));
    expect(seen.map(({ headers }) => headers.authorization ?? headers['x-key'])).toEqual([
      'Bearer t0k',
      `Basic ${Buffer.from('u:p:w').toString('base64')}`,
      'k',
      undefined,
    ]);
    expect(seen[3]?.url).toBe('/api/v1/?key=k%26');
  });

  it('say which status the API answered with, without secrets it echoes', async () => {
    reply = { status: 403, body: '{"error":"token secret-token is wrong"}', type: 'application/json' };
    const failing = run(
      { method: 'GET', path: '/' },
      {},
      open({ authentication: 'bearer' }, { token: 'secret-token' }),
    );
    await expect(failing).rejects.toMatchObject({
      kind: 'upstream',
      code: 'data.status',
      details: { status: 403 },
      message: expect.not.stringContaining('secret-token'),
    });
    await expect(open({ testPath: '/health' }).test(calm)).rejects.toMatchObject({ kind: 'upstream' });
    reply = { status: 200, body: 'ok', type: 'text/plain' };
    await open({ testPath: '/health' }).test(calm);
    expect(seen.at(-1)?.url).toBe('/api/v1/health');
  });

  it('map the answer, cap its rows, and refuse JSON that is none', async () => {
    reply = { ...reply, body: '{"items":[1,2,3]}' };
    expect(await run({ method: 'GET', path: '/', result: '{{ data.items }}' }, { maxRows: 2 })).toMatchObject({
      data: [1, 2],
      truncated: true,
    });
    reply = { ...reply, body: 'oops{' };
    await expect(run({ method: 'GET', path: '/' })).rejects.toMatchObject({ code: 'data.answer-invalid' });
  });

  it('end when time runs out, and do not write when declared as reading', async () => {
    reply = { ...reply, delayMs: 2000 };
    await expect(run({ method: 'GET', path: '/' }, { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'timeout',
      code: 'data.timeout',
    });
    await expect(run({ method: 'DELETE', path: '/' }, { mode: 'read' })).rejects.toMatchObject({
      kind: 'input',
      code: 'data.read-only',
    });
  });
});

describe('odd values of a REST API', () => {
  it('that are half a character fill a path, and an address that is none is said to be none', async () => {
    await run({ method: 'GET', path: '/people/{{ id }}' }, { parameters: { id: 'a\ud800' } });
    expect(seen[0]?.url).toBe('/api/v1/people/a%EF%BF%BD');
    const broken = open({ baseUrl: 'http://[fe80::1%25lo]:80' });
    await expect(run({ method: 'GET', path: '/' }, {}, broken)).rejects.toMatchObject({
      kind: 'input',
      code: 'data.address-invalid',
    });
  });

  it('are not repeated in errors when they are secrets, however they were sent', async () => {
    const answer = async (settings: Record<string, Json>, secrets: Record<string, string>, echo: string) => {
      reply = { status: 500, body: `refused ${echo}`, type: 'text/plain' };
      return String(
        await run({ method: 'GET', path: '/' }, {}, open(settings, secrets)).catch((error: unknown) => error),
      );
    };
    const key = 'CANARY key+/"=1';
    for (const echo of [key, encodeURIComponent(key), 'CANARY+key%2B%2F%22%3D1', JSON.stringify(key)])
      expect(await answer({ authentication: 'apiKey', keyPlace: 'query' }, { key }, echo), echo).not.toContain(
        'CANARY',
      );
    const login = Buffer.from('u:CANARY-2').toString('base64');
    expect(
      await answer({ authentication: 'basic', user: 'u' }, { password: 'CANARY-2' }, `Basic ${login}`),
    ).not.toContain(login);
  });

  it('that are nested without end are refused', async () => {
    reply = { ...reply, body: '['.repeat(100_000) + ']'.repeat(100_000) };
    await expect(run({ method: 'GET', path: '/' })).rejects.toMatchObject({
      kind: 'upstream',
      code: 'data.answer-invalid',
    });
  });
});
