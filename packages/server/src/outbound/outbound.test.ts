import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyAddress } from './address-rules.ts';
import { parseAllowedHosts } from './allowed-hosts.ts';
import { createAddressResolver } from './database-address.ts';
import { createGuardedConnect } from './guarded-connect.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { createOutboundGuard, parseHost, type Resolver } from './outbound-guard.ts';

let server: Server;
let port = 0;
let seen: {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}[] = [];

const never: Resolver = async () => [];
const policy = (allowed: readonly string[], privateDatabases: 'allow' | 'deny' = 'deny') => ({
  allowedHosts: parseAllowedHosts(allowed),
  privateDatabases,
});
const call = (fetch: ReturnType<typeof createGuardedFetch>, url: string, more: object = {}) =>
  fetch(url, { method: 'GET', headers: {}, signal: AbortSignal.timeout(5000), maxBytes: 100_000, ...more });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body });
  const url = new URL(request.url ?? '/', 'http://x');
  const to = url.searchParams.get('to');
  if (to !== null) response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end();
  else if (url.pathname === '/hops')
    response.writeHead(302, { location: `/hops?n=${Number(url.searchParams.get('n') ?? 0) + 1}` }).end();
  else if (url.pathname === '/slow') setTimeout(() => response.end('late'), 2_500);
  else if (url.pathname === '/big') response.end('x'.repeat(500_000));
  else if (url.pathname === '/bomb')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
  else if (url.pathname === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
  else response.end('hello');
}

describe('the guarded way out', () => {
  beforeAll(async () => {
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  it('denies private, local and special addresses however they are written', async () => {
    const fetch = createGuardedFetch(
      createOutboundGuard(policy([]), async () => [{ address: '127.0.0.1', family: 4 }]),
    );
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '①②⑦.⓪.⓪.①',
      'localhost',
      'localhost.',
      'LOCALHOST',
      'foo.localhost',
      '127.0.0.1.nip.test',
      '127。0。0。1',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '[fd00::1]',
      '[fe80::1]',
      '[::]',
      '[ff02::1]',
    ];
    seen = [];
    for (const host of hosts) {
      await expect(call(fetch, `http://${host}:${port}/`), host).rejects.toMatchObject({
        code: 'outbound.address-not-allowed',
        message: 'This address is not allowed.',
      });
    }
    expect(seen).toEqual([]);
  });

  it('takes web addresses only', async () => {
    const fetch = createGuardedFetch(createOutboundGuard(policy([`127.0.0.1:${port}`]), never));
    for (const url of [
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'ftp://127.0.0.1/',
      'data:text/plain,x',
      'unix:/var/run/x',
      '//127.0.0.1/',
      `http://allowed@127.0.0.1:${port}/`,
      'http://127.0.0.1:0/',
      'http://127.0.0.1:99999/',
      'http://a:80:81/',
    ]) {
      await expect(call(fetch, url), url).rejects.toMatchObject({ kind: 'input' });
    }
  });

  it('allows exactly the host and port of the allow-list', async () => {
    const fetch = createGuardedFetch(
      createOutboundGuard(policy([`127.0.0.1:${port}`]), async () => [{ address: '127.0.0.1', family: 4 }]),
    );
    expect(Buffer.from((await call(fetch, `http://127.0.0.1:${port}/`)).body).toString()).toBe('hello');
    for (const url of [`http://127.0.0.1:${port + 1}/`, `http://[::1]:${port}/`, `http://127.0.0.2:${port}/`]) {
      await expect(call(fetch, url), url).rejects.toMatchObject({ code: 'outbound.address-not-allowed' });
    }
  });

  it('checks the address it connects to, so that a name cannot change its mind in between', async () => {
    let asked = 0;
    const rebinding: Resolver = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
    };
    const guard = createOutboundGuard(policy([]), rebinding);
    expect(await guard.check('rebind.test', port, 'http')).toEqual([{ address: '93.184.216.34', family: 4 }]);
    await expect(call(createGuardedFetch(guard), `http://rebind.test:${port}/`)).rejects.toMatchObject({
      code: 'outbound.address-not-allowed',
    });
    const mixed = createOutboundGuard(policy([]), async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
    await expect(mixed.check('mixed.test', 80, 'http')).rejects.toMatchObject({ code: 'outbound.address-not-allowed' });
  });

  it('follows five redirects, checks each, and leaves credentials behind at another origin', async () => {
    const guard = createOutboundGuard(policy([`127.0.0.1:${port}`, `other.test:${port}`]), async () => [
      { address: '127.0.0.1', family: 4 },
    ]);
    const fetch = createGuardedFetch(guard);
    const base = `http://127.0.0.1:${port}`;
    await expect(
      call(fetch, `${base}/?to=${encodeURIComponent('http://169.254.169.254/latest')}`),
    ).rejects.toMatchObject({ code: 'outbound.address-not-allowed' });
    await expect(call(fetch, `${base}/?to=file:///etc/passwd`)).rejects.toMatchObject({ kind: 'input' });
    await expect(call(fetch, `${base}/hops`)).rejects.toMatchObject({ code: 'outbound.too-many-redirects' });
    seen = [];
    const headers = { authorization: 'Bearer s3cret', cookie: 'a=b', 'x-api-key': 's3cret', accept: 'text/plain' };
    await call(fetch, `${base}/?to=${encodeURIComponent('/same')}`, { headers });
    expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer s3cret', 'x-api-key': 's3cret' });
    seen = [];
    await call(fetch, `${base}/?to=${encodeURIComponent(`http://other.test:${port}/`)}`, { headers });
    expect(seen[1]?.headers['accept']).toBe('text/plain');
    expect(JSON.stringify(seen[1]?.headers)).not.toMatch(/s3cret|a=b/);
    seen = [];
    await call(fetch, `${base}/?status=303&to=/x`, { method: 'POST', body: 'data' });
    await call(fetch, `${base}/?status=307&to=/x`, { method: 'POST', body: 'data' });
    expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'POST data',
      'GET ',
      'POST data',
      'POST data',
    ]);
  });

  it('stops at the size limit, also for answers that unpack', async () => {
    const fetch = createGuardedFetch(createOutboundGuard(policy([`127.0.0.1:${port}`]), never));
    const base = `http://127.0.0.1:${port}`;
    expect(Buffer.from((await call(fetch, `${base}/gzip`)).body).toString()).toBe('packed');
    await expect(call(fetch, `${base}/big`)).rejects.toMatchObject({ code: 'outbound.too-large' });
    await expect(call(fetch, `${base}/bomb`)).rejects.toMatchObject({ code: 'outbound.too-large' });
  });

  it('waits as long as a caller says for an answer', async () => {
    const guard = createOutboundGuard(policy([`127.0.0.1:${port}`]), never);
    const fetch = createGuardedFetch(guard, { connectMs: 1_000, headersMs: 200, bodyMs: 200 });
    await expect(call(fetch, `http://127.0.0.1:${port}/slow`)).rejects.toMatchObject({ code: 'outbound.timeout' });
    expect(await call(fetch, `http://127.0.0.1:${port}/slow`, { silenceMs: 5_000 })).toMatchObject({ status: 200 });
    await fetch.close();
  });

  it('holds other protocols to the same rules', async () => {
    const { signal } = new AbortController();
    const closed = createGuardedConnect(createOutboundGuard(policy([]), never));
    await expect(closed('127.0.0.1', port, signal)).rejects.toMatchObject({ code: 'outbound.address-not-allowed' });
    const open = createGuardedConnect(createOutboundGuard(policy([`127.0.0.1:${port}`]), never));
    const socket = await open('127.0.0.1', port, signal);
    socket.end('GET /gzip HTTP/1.0\r\n\r\n');
    expect(String((await socket.toArray())[0])).toContain('200 OK');
    const gone = createGuardedConnect(createOutboundGuard(policy(['127.0.0.1:9']), never));
    await expect(gone('127.0.0.1', 9, signal)).rejects.toMatchObject({ code: 'outbound.failed' });
    await expect(open('127.0.0.1', port, AbortSignal.abort(new TypeError('x')))).rejects.toThrow('x');
  });

  it('lets no header smuggle a request', async () => {
    const fetch = createGuardedFetch(createOutboundGuard(policy([`127.0.0.1:${port}`]), never));
    for (const headers of [
      { host: 'other' },
      { 'transfer-encoding': 'chunked' },
      { 'content-length': '1' },
      { x: 'a\r\nb: c' },
      { 'x y': 'z' },
      { expect: '100-continue' },
    ]) {
      await expect(call(fetch, `http://127.0.0.1:${port}/`, { headers })).rejects.toMatchObject({ kind: 'input' });
    }
  });
});

describe('addresses of databases', () => {
  const local: Resolver = async () => [{ address: '127.0.0.1', family: 4 }];

  it('may be private unless the operator forbids it, and never special ones', async () => {
    const open = createOutboundGuard(policy([], 'allow'), local);
    expect(await open.check('db.test', 5432, 'database')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    for (const address of ['169.254.169.254', '0.0.0.0', '224.0.0.1', 'fe80::1', '::']) {
      await expect(open.check(address, 5432, 'database'), address).rejects.toMatchObject({
        code: 'outbound.address-not-allowed',
      });
    }
    await expect(
      createOutboundGuard(policy([], 'deny'), local).check('db.test', 5432, 'database'),
    ).rejects.toMatchObject({ code: 'outbound.address-not-allowed' });
    expect(
      await createOutboundGuard(policy(['127.0.0.1:5432'], 'deny'), local).check('db.test', 5432, 'database'),
    ).toHaveLength(1);
  });

  it('never lead to the database of the server itself', async () => {
    const guard = createOutboundGuard(policy([], 'allow'), local);
    const own = { host: 'localhost', port: 5432, database: 'fettle' };
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.2', '::1', 'alias.test']) {
      await expect(createAddressResolver(guard, own, 'fettle')(host, 5432), host).rejects.toMatchObject({
        code: 'outbound.own-database',
      });
    }
    expect(await createAddressResolver(guard, own, 'shop')('127.0.0.1', 5432)).toMatchObject({ address: '127.0.0.1' });
  });

  it('are bare hosts', () => {
    for (const text of ['', 'a b', 'a/b', 'a@b', '/var/run/postgresql', 'a,b', 'fe80::1%lo', 'host?x=1', 'a\\b']) {
      expect(() => parseHost(text), text).toThrow();
    }
    expect(parseHost('DB.Example.com.')).toBe('db.example.com');
    expect(parseHost('::1')).toBe('::1');
    expect(classifyAddress('not an address')).toBe('never');
  });

  it('are named exactly in the allow-list', () => {
    for (const entry of ['host', 'host:', 'host:0', 'host:99999', '10.0.0.0/33:1', 'host/8:1']) {
      expect(() => parseAllowedHosts([entry]), entry).toThrow(/FETTLE_ALLOWED_HOSTS/);
    }
    expect(parseAllowedHosts(['10.2.0.0/16:5432']).allowsAddress('10.2.3.4', 5432)).toBe(true);
    expect(parseAllowedHosts(['10.2.0.0/16:5432']).allowsAddress('10.3.3.4', 5432)).toBe(false);
  });
});
