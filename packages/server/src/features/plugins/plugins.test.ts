import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow } from '@fettle/definition';
import { createSigningKeys, integrityOf, signPackage, writeArchive } from '@fettle/sdk/plugin';
import { secretApp } from '../../testing/test-apps.ts';
import type { TestBody, TestClient, TestReply } from '../../testing/test-client.ts';
import { packTestPlugin, testPluginFiles, type TestPlugin } from '../../testing/test-plugins.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins } = routes;

describe.each(storeKinds)('plugins on %s', (kind) => {
  const publisher = createSigningKeys();
  let server: TestServer;
  let world: TestWorld;
  let outside: Server;
  let origin: string;
  let folder: string;
  const served = new Map<string, { readonly body: string | Uint8Array; readonly to?: string }>();
  const requests: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-own-plugins-'));
    outside = createServer((request, response) => {
      requests.push(request.url ?? '');
      const found = served.get(request.url ?? '');
      if (found?.to !== undefined) response.writeHead(302, { location: found.to }).end();
      else response.writeHead(found === undefined ? 404 : 200).end(found?.body);
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
  });
  afterAll(async () => {
    await server.stop();
    outside.close();
    await rm(folder, { recursive: true, force: true });
  });

  const workspace = () => ({ params: { workspaceId: world.own.workspaceId } });
  const one = (plugin: string) => ({ params: { workspaceId: world.own.workspaceId, plugin } });
  const upload = (archive: Uint8Array, by: TestClient = world.operator): Promise<TestReply> => {
    const boundary = 'boundary-of-the-test';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="sample.tgz"\r\ncontent-type: application/gzip\r\n\r\n`;
    return by.send('POST', plugins.upload.path.replace(':workspaceId', world.own.workspaceId), {
      body: new Uint8Array(
        Buffer.concat([Buffer.from(head), archive, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      ) as never,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  };
  const keysOf = (inspection: TestBody | undefined): string[] =>
    (inspection?.['permissions'] as unknown as { key: string; change: string }[])
      .filter(({ change }) => change !== 'removed')
      .map(({ key }) => key);
  const agree = async (inspection: TestBody | undefined): Promise<TestReply> =>
    world.operator.call(plugins.install, {
      ...workspace(),
      body: { integrity: inspection?.['integrity'], granted: keysOf(inspection) },
    });
  const look = async (archive: Uint8Array): Promise<TestBody | undefined> => good(await upload(archive))['inspection'];
  const install = async (plugin: TestPlugin): Promise<TestBody | undefined> =>
    good(await agree(await look(packTestPlugin(plugin))))['plugin'];
  const remove = async (id: string): Promise<number> => (await world.operator.call(plugins.remove, one(id))).status;

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
    expect(listed).toEqual({ plugins: [], allows: { registry: true, folder: true, unsigned: true } });
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

  describe('with flow actions', () => {
    let appId: string;
    const step = (id: string, type: string, settings: object = {}) =>
      ({ id: `stp_${id}`, name: id, kind: 'action', type, settings }) as never;
    const flow = (id: string, type: string, settings: object = {}): Flow =>
      ({
        id: `flw_${id}`,
        name: id,
        trigger: { type: 'core/manual', settings: {} },
        inputs: [],
        access: { roles: ['basic'] },
        steps: [
          step('do', type, settings),
          { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.do.output }}' },
        ],
      }) as never;

    beforeAll(async () => {
      const { owner, workspaceId, dataSource } = world.own;
      const table = { dataSource, table: 'items' };
      await install({
        id: 'tools',
        permissions: { network: ['localhost:1'], networkFromSettings: true, tables: 'read', storage: 1, secrets: true },
        manifest: {
          uses: { tables: [{ setting: 'value', actions: ['view'] }] },
          timeoutMs: 30_000,
        },
        actions: {
          hello: `return { text: 'Hello ' + context.settings.value };`,
          fetch: `const { status, body } = await context.fetch(context.settings.url, { method: 'GET' }); return { status, text: new TextDecoder().decode(body) };`,
          elsewhere: `try { await context.fetch('http://127.0.0.1:1/x'); } catch (error) { return error.code; }`,
          rows: `const { rows } = await context.data.list('${dataSource}', { table: 'items', limit: 2 }); return rows.length;`,
          hidden: `try { await context.data.list('${dataSource}', { table: 'hidden', limit: 2 }); } catch (error) { return error.code; }`,
          write: `try { await context.data.create('${dataSource}', 'items', [{ name: 'x' }]); } catch (error) { return error.code; }`,
          mail: `try { await context.platform.sendMail({ to: ['a@b.c'], subject: 'x', text: 'y' }); } catch (error) { return error.code; }`,
          files: `try { await context.files.read('file_x'); } catch (error) { return error.code; }`,
          remember: `const before = await context.storage.get('count'); await context.storage.set('count', (before ?? 0) + 1); return [before, await context.storage.keys()];`,
          hoard: `try { await context.storage.set('big', 'x'.repeat(2000)); } catch (error) { return error.code; }`,
          loop: 'for (;;);',
          heap: 'const a = []; for (;;) { a.push(new Array(10_000).fill(a.length)); await null; }',
          flood: `for (;;) { context.log('info', 'x'.repeat(4000)); await null; }`,
          storm: `for (;;) await Promise.all(Array.from({ length: 100 }, () => context.fetch('http://127.0.0.1:1/').catch(() => null)));`,
          crash: `setTimeout(() => { throw new Error('crashed'); }); await new Promise(() => {});`,
        },
      });
      const types = [
        'hello',
        'fetch',
        'elsewhere',
        'rows',
        'hidden',
        'write',
        'mail',
        'files',
        'remember',
        'hoard',
        'loop',
        'heap',
        'flood',
        'storm',
        'crash',
      ];
      const settings: Readonly<Record<string, object>> = {
        hello: { value: 'you' },
        fetch: { url: `${origin}/answer` },
        rows: { value: table },
        hidden: { value: table },
        write: { value: table },
      };
      served.set('/answer', { body: 'fine' });
      served.set('/leads-away', { body: '', to: `http://127.0.0.1:${new URL(origin).port}/answer` });
      const flows = [
        ...types.map((type) => flow(type, `tools/${type}`, settings[type])),
        flow('redirected', 'tools/fetch', { url: `${origin}/leads-away` }),
      ];
      const app = {
        ...secretApp('Tools', dataSource),
        flows: Object.fromEntries(flows.map((entry) => [entry.id, entry])),
      };
      const files = saveApp(app);
      const made = good(
        await owner.call(routes.apps.create, {
          params: { workspaceId },
          body: { name: 'Tools', from: { kind: 'definition', files } },
        }),
      );
      appId = String(made['app']?.['id']);
      good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
    });

    const start = (name: string) =>
      world.operator.call(routes.flows.startDraft, { params: { appId, flow: `flw_${name}` }, body: { trigger: {} } });
    const play = async (name: string): Promise<TestBody> => {
      const started = good(await start(name));
      const run = String(started['run']?.['id'] ?? started['run']);
      let details: TestBody = {} as TestBody;
      await expect
        .poll(
          async () => {
            details = good(await world.operator.call(routes.flows.run, { params: { appId, run } }));
            return String(details['run']?.['state']);
          },
          { timeout: 30_000, interval: 50 },
        )
        .toMatch(/succeeded|failed/);
      return details['run'] as TestBody;
    };
    const outputOf = async (name: string): Promise<unknown> => {
      const run = await play(name);
      expect(run, name).toMatchObject({ state: 'succeeded' });
      return run['output'];
    };

    it('run them in their own process, with what the step gives them', async () => {
      expect(await outputOf('hello')).toEqual({ text: 'Hello you' });
      expect(await outputOf('fetch')).toEqual({ status: 200, text: 'fine' });
      expect(await outputOf('rows')).toBe(2);
      expect(await outputOf('remember')).toEqual([null, ['count']]);
      expect(await outputOf('remember')).toEqual([1, ['count']]);
    });

    it('refuse them what they were not allowed', async () => {
      expect(await outputOf('elsewhere')).toBe('plugin.host-not-allowed');
      expect(await outputOf('hidden')).toBe('plugin.table-not-allowed');
      expect(await outputOf('write')).toBe('plugin.not-allowed');
      expect(await outputOf('mail')).toBe('plugin.not-allowed');
      expect(await outputOf('files')).toBe('plugin.not-allowed');
      expect(await outputOf('hoard')).toBe('plugin.storage-full');
      // A redirect leads no further than a request.
      const before = requests.length;
      expect(await play('redirected')).toMatchObject({ state: 'failed', error: { code: 'plugin.host-not-allowed' } });
      expect(requests.slice(before)).toEqual(['/leads-away']);
    });

    it('keep the server answering while they misbehave', async () => {
      const ask = async (): Promise<number> => {
        const startedAt = performance.now();
        good(await world.operator.call(routes.apps.list, workspace()));
        return performance.now() - startedAt;
      };
      const measure = async (): Promise<number> => {
        const times: number[] = [];
        for (let turn = 0; turn < 40; turn += 1) {
          times.push(await ask());
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return times.sort((a, b) => a - b)[20] ?? 0;
      };
      await measure();
      const usual = await measure();
      for (const name of ['loop', 'heap', 'flood', 'storm', 'crash']) {
        await expect
          .poll(
            async () => {
              const plugin = (
                good(await world.operator.call(plugins.list, workspace()))['plugins'] as unknown as TestBody[]
              ).find(({ id }) => String(id) === 'tools');
              return plugin?.['health']?.['state'];
            },
            { timeout: 70_000 },
          )
          .not.toBe('paused');
        const playing = good(await start(name));
        expect(playing).toBeDefined();
        const meanwhile = await measure();
        // A few milliseconds are what a busy machine is worth.
        expect(meanwhile, name).toBeLessThan(usual * 2 + 5);
      }
    }, 180_000);

    it('say where they are used; turned off or removed, everything that uses them stays', async () => {
      const uses = good(await world.operator.call(plugins.usage, one('tools')))['uses'];
      expect(uses).toMatchObject([{ kind: 'app', name: 'Tools' }]);
      expect((uses as unknown as TestBody[])[0]?.['types']).toContain('tools/hello');
      good(await world.operator.call(plugins.change, { ...one('tools'), body: { isEnabled: false } }));
      expect(good(await world.people.builder.call(plugins.extensions, workspace()))['flowActions']).toEqual([]);
      expect(await play('hello')).toMatchObject({ state: 'failed' });
      good(await world.operator.call(plugins.change, { ...one('tools'), body: { isEnabled: true } }));
      expect(await outputOf('hello')).toEqual({ text: 'Hello you' });
      expect(await remove('tools')).toBe(204);
      const problems = good(await world.operator.call(routes.apps.problems, { params: { appId } }));
      expect(JSON.stringify(problems)).toContain('tools/hello');
      await install({ id: 'tools', actions: { hello: `return { text: 'Hello again' };` } });
      expect(await outputOf('hello')).toEqual({ text: 'Hello again' });
    });
  });
});
