import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow } from '@fettle/definition';
import { createPluginCalls } from '../../testing/plugin-calls.ts';
import { secretApp } from '../../testing/test-apps.ts';
import type { TestBody } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins } = routes;
/** Long enough to be measured beside. */
const forAWhile = 'const end = Date.now() + 4_000; while (Date.now() < end)';

describe.each(storeKinds)('flow actions of plugins on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let outside: Server;
  let origin: string;
  let appId: string;
  let { workspace, one, install, remove } = {} as ReturnType<typeof createPluginCalls>;
  const served = new Map<string, { readonly body: string; readonly to?: string }>();
  const requests: string[] = [];

  beforeAll(async () => {
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
      environment: { FETTLE_ALLOWED_HOSTS: `localhost:${port},127.0.0.1:${port}` },
    });
    world = await createWorld(server);
    ({ workspace, one, install, remove } = createPluginCalls(world));
  });
  afterAll(async () => {
    await server.stop();
    outside.close();
  });

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
        flood: `${forAWhile} { context.log('info', 'x'.repeat(4000)); await null; } throw new Error('over');`,
        storm: `${forAWhile} await Promise.all(Array.from({ length: 100 }, () => context.fetch('http://127.0.0.1:1/').catch(() => null))); throw new Error('over');`,
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
  const play = async (name: string): Promise<TestBody> => ended(good(await start(name)));
  const ended = async (started: TestBody): Promise<TestBody> => {
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
    expect(run, `${name}: ${JSON.stringify(run['error'])}`).toMatchObject({ state: 'succeeded' });
    return run['output'];
  };

  const rounds = 5;
  const requestsPerBlock = 25;
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  /** Times that the server takes to answer somebody who has nothing to do with plugins, in milliseconds. */
  const measure = async (): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let turn = 0; turn < requestsPerBlock; turn += 1) {
      const startedAt = performance.now();
      good(await world.operator.call(routes.apps.list, workspace()));
      times.push(performance.now() - startedAt);
    }
    return times;
  };
  const stateOfPlugin = async (): Promise<unknown> => {
    const all = good(await world.operator.call(plugins.list, workspace()))['plugins'] as unknown as TestBody[];
    return all.find(({ id }) => String(id) === 'tools')?.['health']?.['state'];
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

  it.each(['loop', 'heap', 'flood', 'storm', 'crash'])(
    'keep the server answering others within twice its usual time while they misbehave: %s',
    async (name) => {
      const usual: number[] = [];
      const meanwhile: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        // Whatever it did in the round before is forgiven: a call that ends well says that it works.
        await expect.poll(stateOfPlugin, { timeout: 70_000, interval: 50 }).not.toBe('paused');
        expect(await outputOf('hello')).toEqual({ text: 'Hello you' });
        // Measured one right after the other: what else the machine does weighs on both alike.
        usual.push(...(await measure()));
        const started = good(await start(name));
        await expect.poll(stateOfPlugin, { timeout: 5_000, interval: 5 }).toMatch(/running|paused/);
        meanwhile.push(...(await measure()));
        expect(await ended(started), name).toMatchObject({ state: 'failed' });
      }
      expect(median(meanwhile), `usually ${median(usual)} ms`).toBeLessThan(2 * median(usual));
    },
    180_000,
  );

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
