import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { createSigningKeys, integrityOf, signPackage, writeArchive } from '@fettle/sdk/plugin';
import { createPluginCalls } from '../../testing/plugin-calls.ts';
import { packTestPlugin, testPluginFiles } from '../../testing/test-plugins.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins } = routes;

describe.each(storeKinds)('plugins on %s', (kind) => {
  const publisher = createSigningKeys();
  let server: TestServer;
  let world: TestWorld;
  let { workspace, one, upload, keysOf, agree, look, remove } = {} as ReturnType<typeof createPluginCalls>;
  let outside: Server;
  let origin: string;
  let folder: string;
  const served = new Map<string, { readonly body: string | Uint8Array }>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-own-plugins-'));
    outside = createServer((request, response) => {
      const found = served.get(request.url ?? '');
      response.writeHead(found === undefined ? 404 : 200).end(found?.body);
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    origin = `http://localhost:${port}`;
    server = await startTestServer(kind, {
      environment: {
        FETTLE_ALLOWED_HOSTS: `localhost:${port},127.0.0.1:${port}`,
        FETTLE_PLUGIN_REGISTRY: `${origin}/registry`,
        FETTLE_PLUGIN_PUBLISHERS: `Acme=${publisher.publicKey}`,
        FETTLE_PLUGIN_DIRS: folder,
      },
    });
    world = await createWorld(server);
    ({ workspace, one, upload, keysOf, agree, look, remove } = createPluginCalls(world));
  });
  afterAll(async () => {
    await server.stop();
    outside.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are looked at before they are installed, with what they ask for in plain words', async () => {
    const inspection = await look(packTestPlugin({ permissions: { network: ['api.example.com'], secrets: true } }));
    expect(inspection).toMatchObject({
      id: 'sample',
      version: '1.0.0',
      action: 'install',
      source: { kind: 'file', name: 'sample.tgz' },
      signer: { state: 'none' },
      contributions: [{ kind: 'flow-action', id: 'sample/hello', title: 'Do hello' }],
      permissions: [{ change: 'added', text: 'Send requests to api.example.com' }, { key: 'secrets' }],
    });
    expect(inspection).not.toHaveProperty('refusal');
    const listed = good(await world.operator.call(plugins.list, workspace()));
    expect(listed).toEqual({
      plugins: [],
      allows: { registry: true, folder: true, unsigned: true, looksForUpdates: false },
    });
  });

  it('are installed with all they ask for, or not at all, and whoever did it is on record', async () => {
    const inspection = await look(packTestPlugin({ permissions: { network: ['api.example.com'] } }));
    const refused = await world.operator.call(plugins.install, {
      ...workspace(),
      body: { integrity: inspection?.['integrity'], granted: [] },
    });
    expect([refused.status, refused.body['code']]).toEqual([400, 'plugin.permissions-differ']);
    expect(good(await agree(inspection))['plugin']).toMatchObject({
      id: 'sample',
      isEnabled: true,
      installedBy: 'owner@one.test',
      health: { state: 'idle' },
    });
    const audit = await world.operator.call(routes.workspaces.audit, workspace());
    expect(audit.text).toContain('plugin.install');
    expect(audit.text).toContain(String(inspection?.['integrity']));
    const brought = good(await world.people.builder.call(plugins.extensions, workspace()));
    expect(brought['flowActions']).toMatchObject([{ id: 'sample/hello' }]);
    const theirs = { params: { workspaceId: world.other.workspaceId } };
    expect(good(await world.other.owner.call(plugins.list, theirs))['plugins']).toEqual([]);
    // What one workspace looked at, another has not.
    const taken = await world.other.owner.call(plugins.install, {
      ...theirs,
      body: { integrity: inspection?.['integrity'], granted: keysOf(inspection) },
    });
    expect(taken.body['code']).toBe('plugin.not-looked-at');
  });

  it('are managed by admins alone', async () => {
    const { builder, admin } = world.people;
    expect((await upload(packTestPlugin(), builder)).status).toBe(403);
    expect((await builder.call(plugins.remove, one('sample'))).status).toBe(403);
    expect((await world.apiKey.call(plugins.change, { ...one('sample'), body: { isEnabled: false } })).status).toBe(
      403,
    );
    expect((await admin.call(plugins.list, workspace())).status).toBe(200);
  });

  it('are updated with the difference, and never changed, downgraded or taken over', async () => {
    const newer = await look(
      packTestPlugin({ version: '1.1.0', permissions: { network: ['api.example.com', 'b.test'] } }),
    );
    expect(newer).toMatchObject({ action: 'update', installedVersion: '1.0.0' });
    expect(newer?.['permissions']).toMatchObject([
      { key: 'network b.test', change: 'added' },
      { key: 'network api.example.com', change: 'same' },
    ]);
    expect(good(await agree(newer))['plugin']).toMatchObject({ version: '1.1.0' });
    for (const [plugin, code] of [
      [{ version: '1.1.0', permissions: { storage: 1 } }, 'plugin.version-changed'],
      [{ version: '1.0.9' }, 'plugin.downgrade'],
      [{ version: '2.0.0', sdk: '^9.0.0' }, 'plugin.sdk'],
    ] as const) {
      const inspection = await look(packTestPlugin(plugin));
      expect(inspection?.['refusal'], code).toMatchObject({ code });
      expect((await agree(inspection)).body['code']).toBe(code);
    }
    const signed = writeArchive(signPackage(testPluginFiles({ version: '1.2.0' }), publisher.privateKey));
    expect(good(await agree(await look(signed)))['plugin']).toMatchObject({
      signer: { state: 'trusted', publisher: 'Acme' },
    });
    const other = createSigningKeys();
    const taken = await look(writeArchive(signPackage(testPluginFiles({ version: '1.3.0' }), other.privateKey)));
    expect(taken).toMatchObject({ signer: { state: 'unknown' }, refusal: { code: 'plugin.publisher-changed' } });
    expect(await remove('sample')).toBe(204);
    expect((await world.operator.call(plugins.remove, one('sample'))).body['code']).toBe('plugin.unknown');
  });

  it('that are no plugins are refused with what is wrong', async () => {
    for (const [archive, code] of [
      [Buffer.from('no archive'), 'plugin.archive-refused'],
      [writeArchive(new Map([['server.js', Buffer.from('')]])), 'plugin.manifest-missing'],
      [writeArchive(new Map([['fettle.plugin.json', Buffer.from('{')]])), 'plugin.manifest-invalid'],
      [packTestPlugin({ id: 'core' }), 'plugin.manifest-invalid'],
    ] as const)
      expect((await upload(archive)).body['code']).toBe(code);
  });

  it('come from a registry, an address or a folder as well', async () => {
    const archive = packTestPlugin({ id: 'from-elsewhere' });
    const inspect = (from: object) => world.operator.call(plugins.inspect, { ...workspace(), body: { from } });
    served.set('/sample.tgz', { body: archive });
    served.set('/registry/@acme%2Fsample', {
      body: JSON.stringify({
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': { dist: { tarball: `${origin}/sample.tgz`, integrity: integrityOf(archive) } } },
      }),
    });
    served.set('/registry/forged', {
      body: JSON.stringify({
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': { dist: { tarball: `${origin}/sample.tgz`, integrity: integrityOf(Buffer.from('x')) } } },
      }),
    });
    expect(good(await inspect({ kind: 'registry', name: '@acme/sample' }))['inspection']).toMatchObject({
      id: 'from-elsewhere',
      source: { kind: 'registry', name: '@acme/sample' },
    });
    expect((await inspect({ kind: 'registry', name: 'forged' })).body['code']).toBe('plugin.integrity');
    expect((await inspect({ kind: 'registry', name: 'missing' })).body['code']).toBe('plugin.package-unknown');
    expect((await inspect({ kind: 'registry', name: '../../x' })).status).toBe(400);
    const from = { kind: 'url', url: `${origin}/sample.tgz?token=abc` };
    served.set('/sample.tgz?token=abc', { body: archive });
    const byAddress = await inspect(from);
    expect(good(byAddress)['inspection']).toMatchObject({ source: { kind: 'url', name: `${origin}/sample.tgz` } });
    const sum = { ...from, integrity: integrityOf(Buffer.from('x')) };
    expect((await inspect(sum)).body['code']).toBe('plugin.integrity');
    expect((await inspect({ kind: 'url', url: 'http://169.254.169.254/x.tgz' })).body['code']).toBe(
      'outbound.address-not-allowed',
    );
    for (const [path, bytes] of testPluginFiles({ id: 'own' })) await writeFile(join(folder, path), bytes);
    const own = good(await inspect({ kind: 'folder', path: folder }))['inspection'];
    expect(own).toMatchObject({ id: 'own', source: { kind: 'folder' } });
    good(await agree(own));
    await writeFile(join(folder, 'more.js'), '// changed while it is being written');
    const again = good(await inspect({ kind: 'folder', path: folder }))['inspection'];
    expect(again).toMatchObject({ action: 'update' });
    expect(good(await agree(again))['plugin']).toMatchObject({ version: '1.0.0' });
    expect((await inspect({ kind: 'folder', path: '/etc' })).body['code']).toBe('plugin.folder-not-allowed');
    expect((await inspect({ kind: 'folder', path: `${folder}/../` })).body['code']).toBe('plugin.folder-not-allowed');
    expect(await remove('own')).toBe(204);
  });
});
