import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

describe('pages', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-web-'));
    for (const name of ['builder', 'app']) {
      await mkdir(join(folder, name, 'assets'), { recursive: true });
      await writeFile(
        join(folder, name, 'index.html'),
        `<html><head><script nonce="__CSP_NONCE__" type="module" src="/assets/${name}-abcdefgh.js"></script></head><body>${name}</body></html>`,
      );
      await writeFile(join(folder, name, 'assets', `${name}-abcdefgh.js`), `console.log("${name}")`);
    }
    await writeFile(join(folder, 'builder', 'assets', 'builder-abcdefgh.js.br'), 'brotli bytes');
    await writeFile(join(folder, 'secret.txt'), 'outside');
    server = await startTestServer('sqlite', { web: { builder: join(folder, 'builder'), app: join(folder, 'app') } });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const get = (path: string, headers: Record<string, string> = {}) => server.client().send('GET', path, { headers });

  it('are the builder at the root and the runtime under /apps', async () => {
    expect((await get('/')).text).toContain('builder');
    expect((await get('/build/app_1')).text).toContain('builder');
    expect((await get('/w/team/data/ds_1/tables/sales.orders')).text).toContain('builder');
    expect((await get('/apps/orders')).text).toContain('>app<');
    expect((await get('/apps/orders/tickets/5?x=1')).text).toContain('>app<');
  });

  it('run only scripts with the nonce of their own answer', async () => {
    const [first, second] = [await get('/'), await get('/')];
    const nonceOf = (text: string): string => /<script nonce="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(nonceOf(first.text).length).toBeGreaterThan(20);
    expect(nonceOf(first.text)).not.toBe(nonceOf(second.text));
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'nonce-${nonceOf(first.text)}' 'strict-dynamic'`);
    expect(policy).not.toContain('unsafe-eval');
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it('bring files that browsers keep, compressed where they were', async () => {
    const plain = await get('/assets/app-abcdefgh.js');
    expect([plain.status, plain.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    const head = await server
      .client()
      .send('HEAD', '/assets/builder-abcdefgh.js', { headers: { 'accept-encoding': 'br' } });
    expect([head.status, head.headers.get('content-encoding'), head.headers.get('content-length')]).toEqual([
      200,
      'br',
      '12',
    ]);
  });

  it('never lead out of their folders', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%00.js',
      '//etc/passwd.txt',
      '/index.html',
    ];
    for (const path of paths) {
      const { status, text } = await get(path);
      expect([path, status, text.includes('outside')]).toEqual([path, 404, false]);
    }
    expect((await server.client().send('POST', '/')).status).toBe(405);
  });
});
