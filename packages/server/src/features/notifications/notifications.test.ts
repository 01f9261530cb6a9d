import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type NotificationInfo } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { publishFlows } from '../../testing/publish-flows.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { addMember, createWorld, good, signIn, type TestWorld } from '../../testing/test-world.ts';

const { inWorkspace, inApp } = routes.notifications;

const flow = (name: string, settings: Readonly<Record<string, unknown>>): Flow =>
  ({
    id: `flw_${name}`,
    name,
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'text', type: 'text' }],
    access: { roles: ['basic'] },
    steps: [
      { id: 'stp_tell', name: 'tell', kind: 'action', type: 'test/notify', settings },
      { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.tell.output }}' },
    ],
  }) as unknown as Flow;

describe.each(storeKinds)('notifications on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let slug: string;
  let appId: string;
  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: createTestActions().extensions });
    world = await createWorld(server);
    const to = ['Member@one.test', world.ids.builder, 'owner@two.test', 'nobody@one.test'];
    const title = 'Ticket {{ trigger.text }}';
    ({ slug, appId } = await publishFlows(world.own, 'Desk', [
      flow('tell', { to, title, body: 'It is yours.', link: '/tickets/7' }),
      flow('again', { to: ['power@one.test'], title, key: 'the same' }),
      flow('astray', { to: ['power@one.test'], title, link: 'javascript:alert(1)' }),
    ]));
  });
  afterAll(() => server.stop());

  const start = async (name: string, text = 'A') => {
    const call = { params: { app: slug, flow: `flw_${name}` }, body: { input: { text }, waitMs: 10_000 } };
    return good(await world.people.member.call(routes.flows.start, call))['run'] as unknown as {
      state: string;
      output?: number;
      error?: { code: string };
    };
  };
  const params = () => ({ workspaceId: world.own.workspaceId });
  const list = async (client: TestClient, query: Readonly<Record<string, string | number | boolean>> = {}) =>
    good(await client.call(inWorkspace.list, { params: params(), query })) as unknown as {
      notifications: NotificationInfo[];
      unread: number;
      next?: string;
    };

  it('reach members by address or id, and nobody else', async () => {
    expect(await start('tell', 'one')).toMatchObject({ state: 'succeeded', output: 2 });
    const { notifications, unread } = await list(world.people.member);
    expect(unread).toBe(1);
    expect(notifications).toMatchObject([
      {
        kind: 'message',
        title: 'Ticket one',
        body: 'It is yours.',
        app: { id: appId, name: 'Desk' },
        href: `/apps/${slug}/tickets/7`,
        path: '/tickets/7',
        approval: null,
        isRead: false,
      },
    ]);
    expect((await list(world.people.builder)).unread).toBe(1);
    expect((await list(world.people.admin)).notifications).toEqual([]);
    // Of the workspace of the other nothing is seen, and nothing of this one there.
    expect((await world.other.owner.call(inWorkspace.list, { params: params() })).status).toBe(404);
    const elsewhere = { params: { workspaceId: world.other.workspaceId } };
    expect(good(await world.other.owner.call(inWorkspace.list, elsewhere))).toEqual({ notifications: [], unread: 0 });
  });

  it('are listed per app in an app', async () => {
    const { member } = world.people;
    expect(good(await member.call(inApp.list, { params: { app: slug } }))['unread']).toBe(1);
    expect(good(await member.call(inApp.list, { params: { app: world.own.slug } }))['unread']).toBe(0);
    expect((await server.client().call(inApp.list, { params: { app: slug } })).status).toBe(401);
    expect((await world.apiKey.call(inApp.list, { params: { app: slug } })).status).toBe(403);
    expect((await world.apiKey.call(inWorkspace.list, { params: params() })).status).toBe(403);
  });

  it('are read one by one and all at once, by whom they are for', async () => {
    const { member, builder } = world.people;
    for (const text of ['two', 'three', 'four']) await start('tell', text);
    const { notifications } = await list(member);
    const [first] = notifications;
    const read = (client: TestClient) =>
      client.call(inWorkspace.read, { params: { ...params(), notification: first?.id ?? '' } });
    expect((await read(builder)).status).toBe(404);
    expect((await list(member)).unread).toBe(4);
    good(await read(member));
    good(await read(member));
    expect((await list(member)).unread).toBe(3);
    expect((await list(member, { unread: true })).notifications).toHaveLength(3);
    // What came after the newest that was seen stays unread.
    await start('tell', 'five');
    good(await member.call(inWorkspace.readAll, { params: params(), body: { until: first?.createdAt ?? 0 } }));
    expect((await list(member)).unread).toBe(1);
    expect((await list(builder)).unread).toBe(5);
  });

  it('are paged, newest first', async () => {
    const { member } = world.people;
    const one = await list(member, { limit: 3 });
    const two = await list(member, { limit: 3, cursor: one.next ?? '' });
    const titles = [...one.notifications, ...two.notifications].map(({ title }) => title.replace('Ticket ', ''));
    expect(titles).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(two.next).toBeUndefined();
    expect((await member.call(inWorkspace.list, { params: params(), query: { cursor: 'x' } })).status).toBe(400);
  });

  it('come once for one key, and lead nowhere dangerous', async () => {
    await start('again', 'x');
    await start('again', 'y');
    expect(await start('astray')).toMatchObject({ state: 'failed', error: { code: 'notification.link' } });
    expect((await list(world.people.powerUser)).notifications.map(({ title }) => title)).toEqual(['Ticket x']);
  });

  it('are told at once to open pages, from whichever process', async () => {
    const other = kind === 'postgres' ? `http://127.0.0.1:${(await server.startAnother()).port}` : server.url;
    const stream = await openStream(other, world.people.builder, world.own.workspaceId);
    expect(await stream.next()).toContain('retry:');
    await start('tell', 'live');
    expect(await stream.next()).toContain('event: changed');
    await stream.close();
  });

  it('go with the membership', async () => {
    const id = await addMember(world.operator, world.own.workspaceId, 'temp@one.test', 'member');
    const temp = await signIn(server, 'temp@one.test');
    const { slug: app } = await publishFlows(world.own, 'Temp', [flow('tell', { to: ['temp@one.test'], title: 'Hi' })]);
    const call = { params: { app, flow: 'flw_tell' }, body: { input: {}, waitMs: 10_000 } };
    good(await world.people.member.call(routes.flows.start, call));
    expect((await list(temp)).unread).toBe(1);
    const membership = { params: { workspaceId: world.own.workspaceId, userId: id } };
    good(await world.operator.call(routes.workspaces.removeMember, membership));
    expect((await temp.call(inWorkspace.list, { params: params() })).status).toBe(404);
    const body = { email: 'temp@one.test', role: 'member' };
    await world.operator.call(routes.workspaces.addMember, { params: params(), body });
    expect((await list(temp)).unread).toBe(0);
  });
});

async function openStream(url: string, client: TestClient, workspaceId: string) {
  const stop = new AbortController();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}${inWorkspace.live.path.replace(':workspaceId', workspaceId)}`, {
    headers: { cookie },
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  return {
    async next() {
      const { value } = await reader.read();
      return new TextDecoder().decode(value);
    },
    async close() {
      await reader.cancel().catch(() => undefined);
      stop.abort();
    },
  };
}
