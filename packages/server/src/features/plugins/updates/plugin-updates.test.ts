import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { integrityOf } from '@fettle/sdk/plugin';
import { openDatabase, type Database } from '../../../database/database.ts';
import { createLog } from '../../../log.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { createPluginCalls } from '../../../testing/plugin-calls.ts';
import type { TestBody } from '../../../testing/test-client.ts';
import { packTestPlugin } from '../../../testing/test-plugins.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';
import { createPluginUpdates } from './plugin-updates.ts';

const { plugins } = routes;

describe.each(storeKinds)('newer versions of plugins on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let database: Database;
  let outside: Server;
  let origin: string;
  let { workspace, one, upload, agree } = {} as ReturnType<typeof createPluginCalls>;
  const served = new Map<string, { readonly body: string | Uint8Array; readonly etag?: string }>();
  const asked: string[] = [];
  let sent = 0;

  beforeAll(async () => {
    outside = createServer((request, response) => {
      asked.push(request.url ?? '');
      const found = served.get(request.url ?? '');
      if (found?.etag !== undefined && request.headers['if-none-match'] === found.etag)
        return void response.writeHead(304).end();
      sent += found?.body.length ?? 0;
      return void response
        .writeHead(found === undefined ? 404 : 200, found?.etag === undefined ? {} : { etag: found.etag })
        .end(found?.body);
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    origin = `http://localhost:${port}`;
    server = await startTestServer(kind, {
      environment: {
        FETTLE_ALLOWED_HOSTS: `localhost:${port}`,
        FETTLE_PLUGIN_REGISTRY: `${origin}/registry`,
        FETTLE_PLUGIN_UPDATES: 'daily',
      },
    });
    world = await createWorld(server);
    ({ workspace, one, upload, agree } = createPluginCalls(world));
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
    publish('1.0.0');
    for (const from of [
      { kind: 'registry', name: 'packaged' },
      { kind: 'url', url: `${origin}/addressed.tgz` },
    ])
      good(
        await agree(good(await world.operator.call(plugins.inspect, { ...workspace(), body: { from } }))['inspection']),
      );
    good(await agree(good(await upload(packTestPlugin({ id: 'filed' })))['inspection']));
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    outside.close();
  });

  const publish = (version: string, permissions = {}): void => {
    const packaged = packTestPlugin({ id: 'packaged', version, permissions });
    served.set(`/packaged-${version}.tgz`, { body: packaged });
    const dist = { tarball: `${origin}/packaged-${version}.tgz`, integrity: integrityOf(packaged) };
    served.set('/registry/packaged', {
      body: JSON.stringify({ 'dist-tags': { latest: version }, versions: { [version]: { dist } } }),
    });
    served.set('/addressed.tgz', { body: packTestPlugin({ id: 'addressed', version }), etag: `"${version}"` });
  };
  const look = (id: string) => world.operator.call(plugins.lookForUpdate, one(id));
  const listed = async (): Promise<Readonly<Record<string, TestBody>>> => {
    const reply = good(await world.operator.call(plugins.list, workspace()));
    expect(reply['allows']).toMatchObject({ looksForUpdates: true });
    const all = reply['plugins'] as unknown as TestBody[];
    return Object.fromEntries(all.map((plugin) => [String(plugin['id']), plugin]));
  };

  it('are found where a plugin came from, and not installed', async () => {
    for (const id of ['packaged', 'addressed']) {
      const update = good(await look(id))['plugin']?.['update'];
      expect(update, id).toBeDefined();
      expect(update, id).not.toHaveProperty('version');
    }
    publish('1.1.0', { network: ['api.example.com'] });
    for (const id of ['packaged', 'addressed'])
      expect(good(await look(id))['plugin'], id).toMatchObject({ version: '1.0.0', update: { version: '1.1.0' } });
    const before = sent;
    expect(good(await look('addressed'))['plugin']).toMatchObject({ update: { version: '1.1.0' } });
    expect(sent, 'an address that says that nothing changed sends nothing').toBe(before);
    expect((await look('filed')).body['code']).toBe('plugin.no-source');
    expect((await world.people.builder.call(plugins.lookForUpdate, one('packaged'))).status).toBe(403);
    // What would be asked for is shown before anything is installed.
    const from = { kind: 'registry', name: 'packaged' };
    const inspection = good(await world.operator.call(plugins.inspect, { ...workspace(), body: { from } }))[
      'inspection'
    ];
    expect(inspection).toMatchObject({
      action: 'update',
      installedVersion: '1.0.0',
      permissions: [{ key: 'network api.example.com', change: 'added' }],
    });
    good(await agree(inspection));
    expect((await listed())['packaged']).not.toHaveProperty('update');
  });

  it('say why nobody could look', async () => {
    const address = served.get('/addressed.tgz');
    served.set('/addressed.tgz', { body: packTestPlugin({ id: 'another' }) });
    expect(good(await look('addressed'))['plugin']).toMatchObject({
      update: { problem: expect.stringContaining('another plugin') as string },
    });
    served.delete('/addressed.tgz');
    expect(good(await look('addressed'))['plugin']).toMatchObject({
      update: { problem: 'Its address answers 404.' },
    });
    if (address !== undefined) served.set('/addressed.tgz', address);
  });

  it('are looked for once a day by one of several servers', async () => {
    const clock = createManualClock();
    const { fetch } = globalThis;
    const updates = () =>
      createPluginUpdates({
        database,
        clock,
        log: createLog('fatal'),
        sources: {
          registry: `${origin}/registry`,
          folders: [],
          fetch: async (url, { headers }) => {
            const answer = await fetch(url, { headers: { ...headers } });
            return {
              status: answer.status,
              headers: Object.fromEntries(answer.headers),
              body: new Uint8Array(await answer.arrayBuffer()),
            };
          },
        },
      });
    const [first, second] = [updates(), updates()];
    const round = async (): Promise<readonly string[]> => {
      asked.splice(0);
      await Promise.all([first.lookForDue(), second.lookForDue()]);
      return asked.toSorted();
    };
    await round();
    expect(await round()).toEqual([]);
    publish('1.2.0');
    clock.advance(23 * 60 * 60_000);
    expect(await round()).toEqual([]);
    clock.advance(2 * 60 * 60_000);
    expect(await round()).toEqual(['/addressed.tgz', '/registry/packaged']);
    expect(await listed()).toMatchObject({
      packaged: { version: '1.1.0', update: { version: '1.2.0' } },
      addressed: { version: '1.0.0', update: { version: '1.2.0' } },
    });
  });
});
