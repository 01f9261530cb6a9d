import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type FlowSourceInfo } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { openDatabase, type Database } from '../../database/database.ts';
import { createPluginCalls } from '../../testing/plugin-calls.ts';
import { publishFlows } from '../../testing/publish-flows.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins } = routes;

/** Asks for what came after its cursor, hands it over, and acknowledges. The other side can tell it to misbehave. */
const watch = `
  const { settings, cursor, fetch, deliver, rest, connected, signal, log } = context;
  const ask = async (query) => {
    const { body } = await fetch(settings.url + query, { method: 'GET' });
    return JSON.parse(new TextDecoder().decode(body));
  };
  while (!signal.aborted) {
    const { ids, order } = await ask('?after=' + (cursor()?.last ?? 0));
    connected();
    const events = ids.map((id) => ({ key: 'event ' + id, trigger: order === 'lie' ? { id: 'none' } : { id } }));
    if (order === 'forbidden') await fetch('http://127.0.0.1:1/', { method: 'GET' });
    if (order === 'loop') for (;;);
    if (events.length > 0) {
      await deliver({ events, cursor: { last: ids.at(-1) }, position: 'event ' + ids.at(-1) });
      if (order === 'crash') { setTimeout(() => { throw new Error('crashed'); }); await new Promise(() => {}); }
      await ask('?acknowledged=' + ids.at(-1));
    }
    await rest(30);
  }`;

/** The system that the trigger watches. */
class Feed {
  readonly orders: string[] = [];
  readonly versions: string[] = [];
  acknowledged = 0;
  last = 0;
  readonly server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://feed.test').searchParams;
    if (asked.has('acknowledged')) {
      this.acknowledged = Number(asked.get('acknowledged'));
      response.end('{}');
      return;
    }
    this.versions.push(asked.get('version') ?? '');
    const after = Number(asked.get('after'));
    const ids = Array.from({ length: Math.min(5, Math.max(0, this.last - after)) }, (_, index) => after + index + 1);
    const order = ids.length > 0 || this.orders[0] === 'loop' ? this.orders.shift() : undefined;
    response.end(JSON.stringify({ ids, order }));
  });
}

describe.each(storeKinds)('flow triggers of plugins on %s', (kind) => {
  const feed = new Feed();
  let server: TestServer;
  let world: TestWorld;
  let database: Database;
  let appId: string;
  let { workspace, one, install, remove } = {} as ReturnType<typeof createPluginCalls>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => feed.server.listen(0, '127.0.0.1', resolve));
    const { port } = feed.server.address() as AddressInfo;
    server = await startTestServer(kind, { environment: { FETTLE_ALLOWED_HOSTS: `localhost:${port}` } });
    world = await createWorld(server);
    ({ workspace, one, install, remove } = createPluginCalls(world));
    await install({ id: 'feed', permissions: { networkFromSettings: true }, triggers: { watch } });
    const flow: Flow = {
      id: 'flw_watch',
      name: 'watch',
      trigger: { type: 'feed/watch', settings: { url: `http://localhost:${port}/` } },
      steps: [],
    };
    const { owner, workspaceId } = world.own;
    ({ appId } = await publishFlows({ owner, workspaceId, dataSource: 'src_none' }, 'Watch', [flow]));
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    feed.server.close();
  });

  const started = async (): Promise<readonly number[]> => {
    const rows = (await database.knex('flow_run').where({ app_id: appId }).pluck('trigger')) as string[];
    return rows.map((text) => (JSON.parse(text) as { id: number }).id).toSorted((a, b) => a - b);
  };
  const source = async (): Promise<FlowSourceInfo | undefined> => {
    const reply = good(await world.own.owner.call(routes.flows.sources, { params: { appId } }));
    return (reply['sources'] as unknown as FlowSourceInfo[])[0];
  };
  const until = (isSo: () => Promise<boolean> | boolean, what: string) =>
    expect.poll(isSo, { timeout: 20_000, interval: 25, message: what }).toBe(true);
  const everything = () => Array.from({ length: feed.last }, (_, index) => index + 1);
  const allStarted = async (): Promise<void> => {
    await until(() => feed.acknowledged === feed.last, 'everything is acknowledged');
    expect(await started()).toEqual(everything());
  };

  it('start a run for each event, and acknowledge what is stored', async () => {
    feed.last = 12;
    await allStarted();
    expect(await source()).toMatchObject({ state: 'connected', position: 'event 12', events: 12 });
  });

  it('say that they cannot be looked at when they have no code for it', async () => {
    const { owner } = world.own;
    const looked = await owner.call(routes.flows.tryTrigger, { params: { appId, flow: 'flw_watch' } });
    expect([looked.status, looked.body['code']]).toEqual([400, 'flow-source.no-look']);
    const gone = await owner.call(routes.flows.tryTrigger, { params: { appId, flow: 'flw_gone' } });
    expect([gone.status, gone.body['code']]).toEqual([404, 'flow.unknown']);
  });

  it.each(['crash', 'loop', 'forbidden', 'lie'])('go on where they were after: %s', async (order) => {
    feed.orders.push(order);
    feed.last += 7;
    const seen: (string | undefined)[] = [];
    await until(async () => {
      const now = await source();
      if (now?.error !== undefined) seen.push(now.error.code);
      return feed.acknowledged === feed.last;
    }, 'everything is acknowledged');
    expect(await started()).toEqual(everything());
    const codes: Readonly<Record<string, string>> = {
      crash: 'plugin.stopped',
      loop: 'plugin.stopped',
      forbidden: 'plugin.host-not-allowed',
      lie: 'plugin.event-invalid',
    };
    expect(seen).toContain(codes[order]);
    await until(async () => (await source())?.state === 'connected', 'it is connected again');
    expect((await source())?.error).toBeUndefined();
  });

  it('stop when the plugin is turned off, and go on when it is back, in its new version', async () => {
    good(await world.operator.call(plugins.change, { ...one('feed'), body: { isEnabled: false } }));
    await until(async () => (await source())?.error?.code === 'flow.trigger-unknown', 'it says what is missing');
    feed.last += 3;
    good(await world.operator.call(plugins.change, { ...one('feed'), body: { isEnabled: true } }));
    await allStarted();
    feed.versions.splice(0);
    await install({
      id: 'feed',
      version: '1.1.0',
      permissions: { networkFromSettings: true },
      triggers: { watch: watch.replace("'?after='", "'?version=2&after='") },
    });
    await until(() => feed.versions.at(-1) === '2', 'the new version asks');
    feed.last += 3;
    await allStarted();
    expect(await remove('feed')).toBe(204);
    feed.last += 2;
    await install({ id: 'feed', permissions: { networkFromSettings: true }, triggers: { watch } });
    await allStarted();
  });

  it('are known to the builder, and to those who ask where a plugin is used', async () => {
    const brought = good(await world.people.builder.call(plugins.extensions, workspace()));
    expect(brought['flowTriggers']).toMatchObject([{ id: 'feed/watch', source: 'poll' }]);
    const uses = good(await world.operator.call(plugins.usage, one('feed')))['uses'];
    expect(uses).toMatchObject([{ kind: 'app', name: 'Watch', types: ['feed/watch'] }]);
    const bad: Flow = { id: 'flw_bad', name: 'bad', trigger: { type: 'feed/watch', settings: {} }, steps: [] };
    const { owner, workspaceId } = world.own;
    await expect(publishFlows({ owner, workspaceId, dataSource: 'src_none' }, 'Bad', [bad])).rejects.toThrow(
      /needs \\"Address/,
    );
  });
});
