import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { secretTexts } from '../../testing/test-apps.ts';
import type { TestClient, TestReply } from '../../testing/test-client.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, makeApp, type TestWorld } from '../../testing/test-world.ts';
import type { RenderQuestion } from './render-protocol.ts';

/** Stands in for the renderer: asks what the address says, and shows what it got. */
const renderer = `
const asked = new Map();
process.on('message', (message) => {
  if (message.kind === 'start') {
    const questions = JSON.parse(new URL(message.address, 'http://x').searchParams.get('ask') ?? '[]');
    asked.set(message.job, questions);
    if (questions.length > 0) return process.send({ kind: 'asks', job: message.job, questions });
  }
  process.send({ kind: 'drawn', job: message.job, html: '<p>rendered with ' + (message.answers ?? []).length + '</p>' });
});
process.on('disconnect', () => process.exit(0));
process.send({ kind: 'ready' });
`;

describe('first screens', () => {
  let server: TestServer;
  let world: TestWorld;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-first-'));
    for (const name of ['builder', 'app', 'renderer']) await mkdir(join(folder, name));
    const page =
      '<!doctype html><html lang="en"><head><title>App</title><script nonce="__CSP_NONCE__" src="/a.js"></script></head><body><div id="root"></div></body></html>';
    await writeFile(join(folder, 'builder', 'index.html'), page);
    await writeFile(join(folder, 'app', 'index.html'), page);
    await writeFile(join(folder, 'renderer', 'renderer.mjs'), renderer);
    server = await startTestServer('sqlite', {
      web: {
        builder: join(folder, 'builder'),
        app: join(folder, 'app'),
        renderer: join(folder, 'renderer', 'renderer.mjs'),
      },
    });
    world = await createWorld(server);
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      if ((await open(world.people.member, world.own.slug)).text.includes('rendered with')) break;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function open(
    client: TestClient,
    slug: string,
    options: { readonly ask?: readonly RenderQuestion[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<TestReply> {
    const search = options.ask === undefined ? '' : `?ask=${encodeURIComponent(JSON.stringify(options.ask))}`;
    return client.send('GET', `/apps/${slug}${search}`, {
      headers: { 'sec-fetch-dest': 'document', 'accept-encoding': 'identity', ...options.headers },
    });
  }
  const dataOf = ({ text }: TestReply) => {
    const json = /<script type="application\/json" id="fettle-first-screen">(.*?)<\/script>/s.exec(text)?.[1];
    return json === undefined
      ? undefined
      : (JSON.parse(json) as { definition: unknown; answers: { question: RenderQuestion; reply: unknown }[] });
  };
  const list = (table: string, request: unknown = { limit: 5, columns: ['name'] }): RenderQuestion => ({
    kind: 'list',
    dataSource: world.own.dataSource,
    table,
    request,
  });

  it('come with the definition and the rows that the routes answer', async () => {
    const { member } = world.people;
    const page = await open(member, world.own.slug, { ask: [list('items')] });
    const { body: definition } = await member.call(routes.apps.open, { params: { app: world.own.slug } });
    const { body: rows } = await member.call(routes.apps.rows.list, {
      params: { app: world.own.slug, dataSource: world.own.dataSource, table: 'items' },
      body: { limit: 5, columns: ['name'] },
    });
    expect(dataOf(page)).toEqual({ definition, answers: [{ question: list('items'), reply: rows }] });
    expect(page.text).toContain(
      '<div id="root"><div inert style="display:contents"><p>rendered with 1</p></div></div>',
    );
    expect(page.text).toContain('<title>Orders</title>');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('are read ahead the next time, as the person who opens the page then', async () => {
    const { member, owner } = world.people;
    const ask = [list('items', { limit: 4, columns: ['name', 'salary'] }), list('items', { limit: 4 })];
    const admin = await open(owner, world.own.slug, { ask });
    expect(dataOf(admin)?.answers.map(({ question }) => question)).toEqual(ask);
    for (const _ of [1, 2]) {
      const page = await open(member, world.own.slug, { ask });
      expect(dataOf(page)?.answers.map(({ question }) => question)).toEqual([ask[1]]);
      expect(JSON.stringify(dataOf(page)?.answers.map(({ reply }) => reply))).not.toContain('salary');
    }
    const again = await open(owner, world.own.slug, { ask });
    expect(dataOf(again)?.answers).toEqual(dataOf(admin)?.answers);
  });

  it('give nobody more than the routes would', async () => {
    const { member } = world.people;
    const writes = server.memory.writes.length;
    const page = await open(member, world.own.slug, {
      ask: [
        list('hidden'),
        list('items', { columns: ['salary'] }),
        list('no-such'),
        list('items', { limit: 'all' }),
        { kind: 'query', query: 'qry_secret', parameters: {} },
        { kind: 'query', query: 'toString', parameters: {} },
        { kind: 'list', dataSource: world.other.dataSource, table: 'items', request: {} },
      ],
    });
    expect(page.text).toContain('rendered with 0');
    expect(dataOf(page)?.answers).toEqual([]);
    for (const text of [...secretTexts, 'salary', 'cmp_hidden', 'scr_admin']) {
      expect([text, JSON.stringify(dataOf(page)).includes(text)]).toEqual([text, false]);
    }
    expect(server.memory.writes.length).toBe(writes);
  });

  it('never change anything: only queries that read run for a page', async () => {
    const { owner } = world.people;
    const { slug, appId } = await makeApp(owner, world.own.workspaceId, 'Writer');
    const query = { type: 'query.update', query: 'qry_open', changes: { mode: 'write' } };
    good(
      await owner.call(routes.apps.edit, {
        params: { appId },
        body: { revision: 0, commands: [query], requestId: 'req_1' },
      }),
    );
    good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 1 } }));
    const page = await open(owner, slug, { ask: [{ kind: 'query', query: 'qry_open', parameters: {} }] });
    expect(page.text).toContain('rendered with 0');
    const direct = await owner.call(routes.apps.runQuery, { params: { app: slug, query: 'qry_open' }, body: {} });
    expect(direct.status).toBe(200);
  });

  it('tell strangers and visitors nothing of an app that is not open to them', async () => {
    for (const slug of [world.own.slug, 'no-such-app']) {
      const page = await open(server.client(), slug);
      expect([page.status, dataOf(page), page.text.includes('Orders')]).toEqual([200, undefined, false]);
    }
    const stranger = await open(world.people.member, world.other.slug);
    expect([stranger.status, dataOf(stranger), stranger.text.includes('People')]).toEqual([200, undefined, false]);
  });

  it('are there for visitors of an app that is open to them, with what is public', async () => {
    const { slug } = await makeApp(world.people.owner, world.own.workspaceId, 'Open', { allowVisitors: true });
    const page = await open(server.client(), slug);
    expect(dataOf(page)?.definition).toMatchObject({ user: null });
    expect(JSON.stringify(dataOf(page))).not.toContain('Top secret text');
  });

  it('are read for pages that a person opens, not for what other pages fetch', async () => {
    const { member } = world.people;
    for (const destination of ['empty', 'image', 'script']) {
      const page = await open(member, world.own.slug, { headers: { 'sec-fetch-dest': destination } });
      expect([destination, dataOf(page)]).toEqual([destination, undefined]);
    }
    const stale = server.client();
    stale.cookies.set('fettle', 'x.y.z');
    expect(dataOf(await open(stale, world.own.slug))).toBeUndefined();
  });

  it('cannot be left by what is in them', async () => {
    const { owner } = world.people;
    const name = '</title><script>alert(1)</script>';
    const { slug } = await makeApp(owner, world.own.workspaceId, name);
    const page = await open(owner, slug);
    expect(dataOf(page)?.definition).toMatchObject({ client: { app: { name } } });
    expect(page.text.match(/<script/g)?.length).toBe(2);
    expect(page.text).toContain('<title>&lt;/title&gt;&lt;script&gt;');
  });

  it('come compressed where the browser takes that', async () => {
    const page = await open(world.people.member, world.own.slug, { headers: { 'accept-encoding': 'gzip' } });
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(dataOf(page)).toBeDefined();
  });
});
