import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { createPluginCalls } from '../../../testing/plugin-calls.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, makeApp, type TestWorld } from '../../../testing/test-world.ts';

const { plugins, apps } = routes;
const runtime = "globalThis.runtime = '</script><!-- kept';";
const browser = "var FettlePlugin = { components: ['</script>'] };";

interface Component {
  readonly plugin: string;
  readonly isTrusted: boolean;
  readonly code: string;
  readonly manifest: { readonly id: string };
}

describe.each(storeKinds)('components of plugins on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let folder: string;
  let app: { readonly appId: string; readonly slug: string };
  let { workspace, one, install, remove } = {} as ReturnType<typeof createPluginCalls>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-frame-'));
    for (const name of ['builder', 'app']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'index.html'), '<!doctype html><html><head></head><body></body></html>');
    }
    await writeFile(join(folder, 'frame.js'), runtime);
    server = await startTestServer(kind, {
      web: { builder: join(folder, 'builder'), app: join(folder, 'app'), frame: join(folder, 'frame.js') },
    });
    world = await createWorld(server);
    ({ workspace, one, install, remove } = createPluginCalls(world));
    await install({ id: 'look', components: { tree: {}, other: {} }, browser, permissions: { network: ['a.test'] } });
    app = await makeApp(world.people.owner, world.own.workspaceId, 'Looks');
    await addTree();
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function addTree(): Promise<void> {
    const { owner } = world.people;
    const command = {
      type: 'component.add',
      screen: 'scr_home',
      parent: 'cmp_root',
      slot: 'children',
      root: 'cmp_tree',
      components: { cmp_tree: { type: 'look/tree', name: 'tree', settings: { text: 'Kept' } } },
    };
    good(
      await owner.call(apps.edit, {
        params: { appId: app.appId },
        body: { revision: 0, commands: [command], requestId: 'req_tree' },
      }),
    );
    good(await owner.call(apps.publish, { params: { appId: app.appId }, body: { revision: 1 } }));
  }
  const componentsOf = async (client: TestClient = world.people.member): Promise<readonly Component[]> =>
    good(await client.call(apps.open, { params: { app: app.slug } }))['components'] as never;
  const fileOf = (client: TestClient, code: string, file: string, plugin = 'look', headers = {}) =>
    client.send('GET', `/api/run/${app.slug}/components/${plugin}/${code}/${file}`, { headers });

  it('come with the app that uses them, and with the builder’s', async () => {
    expect(await componentsOf()).toMatchObject([
      { plugin: 'look', pluginTitle: 'Sample', isTrusted: false, manifest: { id: 'look/tree' } },
    ]);
    const brought = good(await world.people.builder.call(plugins.extensions, workspace()));
    expect(brought['components']).toMatchObject([
      { manifest: { id: 'look/tree' } },
      { manifest: { id: 'look/other' } },
    ]);
    expect(JSON.stringify(brought)).not.toContain('sha512');
  });

  it('run in a document whose policy names its scripts and the hosts that were agreed to, and nothing else', async () => {
    const [component] = await componentsOf();
    const reply = await fileOf(world.people.member, component?.code ?? '', 'frame.html');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = reply.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        'connect-src https://a.test',
        "frame-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        'sandbox allow-scripts',
      ]),
    );
    expect(policy).not.toContain('unsafe-eval');
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe|nonce|https?:|'self'/);
    const scripts = [...reply.text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map((match) => match[1] ?? '');
    expect(scripts).toHaveLength(3);
    for (const script of scripts)
      expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  });

  it('are sent compressed to browsers that take it, the same to others', async () => {
    const [component] = await componentsOf();
    const ask = (encoding: string) =>
      fileOf(world.people.member, component?.code ?? '', 'frame.html', 'look', { 'Accept-Encoding': encoding });
    const plain = await ask('identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toContain('Accept-Encoding');
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
    ] as const) {
      const reply = await ask(accepted);
      expect([accepted, reply.headers.get('content-encoding')]).toEqual([accepted, encoding]);
      expect(reply.text).toBe(plain.text);
      expect(Number(reply.headers.get('content-length'))).toBeLessThan(Number(plain.headers.get('content-length')));
    }
  });

  it('are handed out as a module only while an admin trusts this very version', async () => {
    const { admin, member, builder } = world.people;
    const trust = (client: TestClient, isTrusted: boolean, integrity: unknown) =>
      client.call(plugins.trust, { ...one('look'), body: { isTrusted, integrity } });
    const [before] = await componentsOf();
    expect((await fileOf(member, before?.code ?? '', 'module.js')).status).toBe(404);
    const listed = good(await admin.call(plugins.list, workspace()))['plugins'] as unknown as { integrity: string }[];
    const integrity = listed[0]?.integrity;
    expect((await trust(builder, true, integrity)).status).toBe(403);
    expect((await trust(admin, true, `sha512-${'A'.repeat(86)}==`)).body['code']).toBe('plugin.version-differs');
    expect(good(await trust(admin, true, integrity))['plugin']).toMatchObject({
      components: { isTrusted: true, trustedBy: 'admin@one.test' },
    });
    const [trusted] = await componentsOf();
    expect(trusted?.isTrusted).toBe(true);
    expect(trusted?.code).not.toBe(before?.code);
    const module = await fileOf(member, trusted?.code ?? '', 'module.js');
    expect([module.status, module.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(module.text).toContain('export const components = FettlePlugin.components;');
    expect((await fileOf(member, trusted?.code ?? '', 'frame.html')).status).toBe(404);
    // Another version is not trusted, whatever the one before was.
    await install({ id: 'look', version: '1.1.0', components: { tree: {} }, permissions: { network: ['a.test'] } });
    const [updated] = await componentsOf();
    expect(updated?.isTrusted).toBe(false);
    expect((await fileOf(member, trusted?.code ?? '', 'module.js')).status).toBe(404);
    const audit = await world.operator.call(routes.workspaces.audit, workspace());
    expect(audit.text).toContain('plugin.trust');
    good(await trust(admin, false, integrity));
    expect((await world.operator.call(routes.workspaces.audit, workspace())).text).toContain('plugin.distrust');
  });

  it('are given to nobody who may not open the app', async () => {
    const [component] = await componentsOf();
    const code = component?.code ?? '';
    expect((await fileOf(server.client(), code, 'frame.html')).status).toBe(401);
    expect((await fileOf(world.other.owner, code, 'frame.html')).status).toBe(404);
    for (const path of ['..%2f..%2fserver.js', 'server.js', 'fettle.plugin.json', 'frame.html%00', '%5c..%5cserver.js'])
      expect((await fileOf(world.people.member, code, path)).status, path).toBe(404);
    for (const plugin of ['other', '..', '%2e%2e', 'look%2f..'])
      expect((await fileOf(world.people.member, code, 'frame.html', plugin)).status, plugin).toBe(404);
  });

  it('leave their settings behind when they are turned off or removed', async () => {
    const { admin } = world.people;
    good(await admin.call(plugins.change, { ...one('look'), body: { isEnabled: false } }));
    expect(await componentsOf()).toEqual([]);
    // What is live stays live; a release that would show an error to people is not made.
    const publish = () =>
      world.people.owner.call(apps.publish, { params: { appId: app.appId }, body: { revision: 1 } });
    expect(JSON.stringify((await publish()).body)).toContain('component.type-missing');
    good(await admin.call(plugins.change, { ...one('look'), body: { isEnabled: true } }));
    expect(await componentsOf()).toHaveLength(1);
    good(await publish());
    expect(await remove('look')).toBe(204);
    const opened = await world.people.member.call(apps.open, { params: { app: app.slug } });
    expect(opened.text).toContain('"Kept"');
    await install({ id: 'look', components: { tree: {} } });
    expect(await componentsOf()).toHaveLength(1);
  });
});
