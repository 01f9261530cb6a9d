import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createId } from '@fettle/base';
import { routes } from '@fettle/contract';
import { saveApp, type App, type EventAction } from '@fettle/definition';
import { createPluginCalls } from '../../testing/plugin-calls.ts';
import { secretApp } from '../../testing/test-apps.ts';
import type { TestBody, TestClient, TestReply } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { plugins, apps } = routes;
const secret = 'hunter2-hunter2-hunter2';
/** Settings of an action of the plugin of these tests. */
const settings = {
  type: 'object',
  properties: {
    value: { title: 'Value' },
    count: { type: 'integer', title: 'Count', default: 7, maximum: 100 },
    url: { type: 'string', title: 'Address' },
    fixed: { type: 'string', title: 'Fixed', ui: { bindable: false } },
    token: { type: 'string', title: 'Token', ui: { editor: 'secret', secret: true, bindable: false } },
  },
};

describe.each(storeKinds)('event actions of plugins on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let outside: Server;
  let origin: string;
  let appId: string;
  let release: string;
  let { workspace, one, install } = {} as ReturnType<typeof createPluginCalls>;
  const requests: { readonly url: string; readonly token: string | undefined }[] = [];

  beforeAll(async () => {
    outside = createServer((request, response) => {
      requests.push({ url: request.url ?? '', token: request.headers.authorization });
      response.writeHead(200).end('fine');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    origin = `http://localhost:${port}`;
    server = await startTestServer(kind, { environment: { FETTLE_ALLOWED_HOSTS: `localhost:${port}` } });
    world = await createWorld(server);
    ({ workspace, one, install } = createPluginCalls(world));
  });
  afterAll(async () => {
    await server.stop();
    outside.close();
  });

  const table = () => ({ dataSource: world.own.dataSource, table: 'items' });
  const act = (name: string, given: Readonly<Record<string, unknown>> = {}): EventAction => ({
    id: `act_${name}`,
    type: `tools/${name}`,
    settings: given,
  });
  /** Buttons for everybody and one for admins, each with one action. */
  const appOf = (change: Readonly<Record<string, EventAction>> = {}): App => {
    const base = secretApp('Tools', world.own.dataSource);
    const { scr_home: home, scr_admin: admin } = base.screens;
    const actions: Readonly<Record<string, EventAction>> = {
      echo: act('echo', { value: '{{ event.x }}', fixed: 'as built', count: '{{ event.n }}' }),
      fetch: act('fetch', { url: `${origin}/of/{{ event.id }}`, token: 'api_token' }),
      elsewhere: act('elsewhere'),
      rows: act('rows', { value: table() }),
      hidden: act('hidden', { value: table() }),
      liar: act('liar'),
      leak: act('leak', { token: 'api_token' }),
      order: act('order', { url: `${origin}/order` }),
      slow: act('slow'),
      loop: act('loop'),
      heap: act('heap'),
      crash: act('crash'),
      snoop: act('snoop'),
      unset: act('fetch', { token: 'nobody_stored_it' }),
      ...change,
    };
    const buttons = Object.entries(actions).map(([name, action]) => [
      `cmp_${name}`,
      { type: 'core/button', name, settings: {}, events: { click: [action] } },
    ]);
    const button = { type: 'core/button', name: 'only', settings: {}, events: { click: [act('echo')] } };
    const stack = (root: unknown, ids: readonly string[]) => {
      const { slots, ...rest } = root as { readonly slots: { readonly children: readonly string[] } };
      return { ...rest, slots: { ...slots, children: [...slots.children, ...ids] } };
    };
    return {
      ...base,
      screens: {
        scr_home: {
          ...home,
          events: { open: [act('echo', { value: 'opened' })] },
          components: {
            ...home?.components,
            ...Object.fromEntries(buttons),
            cmp_only: { ...button, access: { roles: ['admin'] } },
            cmp_root: stack(home?.components['cmp_root'], [...buttons.map(([id]) => String(id)), 'cmp_only']),
          },
        },
        scr_admin: { ...admin, components: { ...admin?.components, cmp_go: { ...button, name: 'go' } } },
      },
    } as unknown as App;
  };
  const save = async (app: App): Promise<number> => {
    const { revision } = good(await world.operator.call(apps.draft, { params: { appId } }));
    good(
      await world.operator.call(apps.replaceDraft, {
        params: { appId },
        body: { revision, requestId: createId('rep', 12), files: saveApp(app) },
      }),
    );
    return good(await world.operator.call(apps.draft, { params: { appId } }))['revision'] as unknown as number;
  };
  const publish = async (app: App): Promise<string> => {
    const saved = await save(app);
    const made = good(await world.operator.call(apps.publish, { params: { appId }, body: { revision: saved } }));
    return String(made['release']?.['id']);
  };

  beforeAll(async () => {
    await install({
      id: 'tools',
      permissions: { network: ['localhost:1'], networkFromSettings: true, tables: 'read', secrets: true },
      eventActions: {
        echo: `return { got: context.settings, key: context.idempotencyKey };`,
        fetch: `const { status } = await context.fetch(context.settings.url, { headers: { authorization: context.secrets.token } }); return { status };`,
        elsewhere: `await context.fetch('http://example.com/');`,
        rows: `return (await context.data.list('${world.own.dataSource}', { table: 'items', limit: 2 })).rows.length;`,
        hidden: `return (await context.data.list('${world.own.dataSource}', { table: 'hidden', limit: 2 })).rows.length;`,
        liar: `return 'not a number';`,
        leak: `context.log('info', context.secrets.token); if (context.settings.value === 1) throw new Error(context.secrets.token); return { said: 'it is ' + context.secrets.token };`,
        order: `await context.fetch(context.settings.url); return {};`,
        slow: `await new Promise((resolve, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));`,
        loop: 'for (;;);',
        heap: 'const a = []; for (;;) { a.push(new Array(10_000).fill(a.length)); await null; }',
        crash: `setTimeout(() => { throw new Error('crashed'); }); await new Promise(() => {});`,
        snoop: `const found = { environment: Object.keys(globalThis.process?.env ?? {}).length }; for (const name of ['node:fs', 'node:net', 'node:child_process']) { try { await import(name); found[name] = 'there'; } catch { found[name] = 'refused'; } } try { await fetch('http://localhost:1/'); found.fetch = 'there'; } catch { found.fetch = 'refused'; } return found;`,
      },
      eventManifests: {
        echo: { settings },
        fetch: { settings },
        leak: { settings },
        liar: { result: { type: 'number' } },
        order: { server: { effect: 'outside' } },
        slow: { server: { effect: 'read', timeoutMs: 400 } },
        rows: { uses: { tables: [{ setting: 'value', actions: ['view'] }] } },
        hidden: { uses: { tables: [{ setting: 'value', actions: ['view'] }] } },
      },
    });
    const { owner, workspaceId } = world.own;
    for (const environment of ['development', 'production'])
      good(
        await owner.call(routes.storedSecrets.save, {
          params: { workspaceId, environment, secret: 'api_token' },
          body: { value: secret },
        }),
      );
    const made = good(
      await owner.call(apps.create, {
        params: { workspaceId },
        body: { name: 'Tools', from: { kind: 'definition', files: saveApp(appOf()) } },
      }),
    );
    appId = String(made['app']?.['id']);
    release = await publish(appOf());
  });

  const bodyOf = (values: Readonly<Record<string, readonly unknown[]>> = {}, requestId = createId('prs', 20)) => ({
    version: `${release}.basic`,
    requestId,
    values,
  });
  const press = (
    name: string,
    values?: Readonly<Record<string, readonly unknown[]>>,
    more: { readonly by?: TestClient; readonly body?: Readonly<Record<string, unknown>> } = {},
  ): Promise<TestReply> =>
    (more.by ?? world.people.member).call(apps.runEventAction, {
      params: { app: appId, screen: 'scr_home', owner: `cmp_${name}`, event: 'click', action: actionOf(name) },
      body: { ...bodyOf(values), ...more.body },
    });
  const actionOf = (name: string): string =>
    ({ unset: 'act_fetch', chosen: 'act_echo', only: 'act_echo' })[name] ?? `act_${name}`;
  const resultOf = async (...given: Parameters<typeof press>): Promise<unknown> =>
    good(await press(...given))['result'];
  const codeOf = async (...given: Parameters<typeof press>): Promise<string> => {
    const { status, body } = await press(...given);
    return `${status} ${String(body['code'])}`;
  };

  it('take what is bound from the browser, and everything else from the release', async () => {
    expect(await resultOf('echo', { '/value': ['yours'], '/count': ['5'] })).toMatchObject({
      got: { value: 'yours', count: 5, fixed: 'as built' },
    });
    // A binding that gives nothing leaves the default.
    expect(await resultOf('echo', { '/value': [{ any: 1 }], '/count': [null] })).toMatchObject({
      got: { value: { any: 1 }, count: 7 },
    });
    expect(await resultOf('fetch', { '/url': ['12'] })).toEqual({ status: 200 });
    expect(requests.at(-1)).toEqual({ url: '/of/12', token: secret });
  });

  it('refuse a body that sets what is not bound, or another number of values', async () => {
    const before = requests.length;
    const bound = { '/value': [1], '/count': [1] };
    for (const values of [
      {},
      { '/value': [1] },
      { ...bound, '/fixed': ['mine'] },
      { '/value': [1], '/fixed': ['mine'] },
      { ...bound, '/token': ['api_token'] },
      { '/value': [1, 2], '/count': [1] },
      { '/__proto__/x': [1], '/count': [1] },
    ])
      expect(await codeOf('echo', values)).toBe('400 event-action.values-differ');
    expect(await codeOf('fetch', { '/url': ['1', 'http://example.com'] })).toBe('400 event-action.values-differ');
    expect(await codeOf('echo', bound, { body: { settings: { fixed: 'mine' } } })).toMatch(/^400 /);
    expect(await codeOf('echo', { '/value': [1], '/count': [1000] })).toBe('400 event-action.settings-invalid');
    expect(await codeOf('echo', { '/value': [1], '/count': ['many'] })).toBe('400 event-action.settings-invalid');
    expect(requests.length).toBe(before);
  });

  it('run for those who see the component or screen, and for nobody else', async () => {
    const none = { '/value': [], '/count': [] };
    expect(await codeOf('only')).toBe('403 access.denied');
    expect(await codeOf('echo', none, { by: server.client() })).toBe('401 session.required');
    expect(await codeOf('echo', none, { by: world.other.owner })).toMatch(/^404 /);
    good(await press('only', {}, { by: world.people.owner }));
    const at = (by: TestClient, params: Readonly<Record<string, string>>) =>
      by.call(apps.runEventAction, {
        params: { app: appId, screen: 'scr_home', owner: 'screen', event: 'open', action: 'act_echo', ...params },
        body: bodyOf(),
      });
    expect(good(await at(world.people.member, {}))['result']).toMatchObject({ got: { value: 'opened' } });
    const elsewhere = { screen: 'scr_admin', owner: 'cmp_go', event: 'click' };
    expect((await at(world.people.member, elsewhere)).status).toBe(403);
    expect((await at(world.people.owner, elsewhere)).status).toBe(200);
    for (const wrong of [{ owner: 'cmp_echo' }, { action: 'act_none' }, { event: 'close' }, { screen: 'scr_none' }])
      expect((await at(world.people.member, wrong)).status, JSON.stringify(wrong)).toBe(403);
  });

  it('tell browsers what they are and what is worked out there, and nothing of what they are set to', async () => {
    const reply = await world.people.member.call(apps.open, { params: { app: appId } });
    const { eventActions, client } = good(reply) as unknown as {
      readonly eventActions: readonly { readonly manifest: { readonly id: string } }[];
      readonly client: App;
    };
    expect(eventActions.map(({ manifest }) => manifest.id)).toContain('tools/fetch');
    expect(client.screens['scr_home']?.components['cmp_fetch']?.events?.['click']?.[0]).toEqual({
      id: 'act_fetch',
      type: 'tools/fetch',
      settings: {},
    });
    expect(reply.text).not.toContain(origin);
    expect(reply.text).not.toContain('api_token');
    expect(reply.text).not.toContain('as built');
  });

  it('may reach what their plugin may, with the rights of whoever pressed', async () => {
    expect(await resultOf('rows')).toBe(2);
    expect(await codeOf('elsewhere')).toBe('502 plugin.host-not-allowed');
    expect(await codeOf('hidden')).toBe('502 plugin.table-not-allowed');
    expect(await resultOf('snoop')).toEqual({
      environment: 0,
      'node:fs': 'refused',
      'node:net': 'refused',
      'node:child_process': 'refused',
      fetch: 'refused',
    });
  });

  it('give no secret away, and name none to those who use the app', async () => {
    expect(await resultOf('leak')).toEqual({ said: 'it is •••' });
    const failed = await press('unset', {});
    expect(failed.text).not.toContain('nobody_stored_it');
    expect(failed.body['code']).toBe('event-action.secret-missing');
    expect(server.log.join('\n')).not.toContain(secret);
  });

  it('are held to the result that they promise', async () => {
    expect(await codeOf('liar')).toBe('502 event-action.result-invalid');
  });

  it('do what has an effect once for each press, and leave it on record', async () => {
    const before = requests.length;
    const body = bodyOf({}, 'prs_onceonceonceonce1');
    good(await press('order', {}, { body }));
    expect(await codeOf('order', {}, { body })).toBe('409 event-action.begun-already');
    const both = bodyOf({}, 'prs_onceonceonceonce2');
    const replies = await Promise.all([press('order', {}, { body: both }), press('order', {}, { body: both })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    // Somebody else's presses are others.
    good(await press('order', {}, { body, by: world.people.owner }));
    expect(requests.slice(before).map(({ url }) => url)).toEqual(['/order', '/order', '/order']);
    const { entries } = good(await world.operator.call(routes.workspaces.audit, workspace())) as unknown as {
      readonly entries: readonly { readonly action: string; readonly target: string; readonly details: unknown }[];
    };
    const pressed = entries.filter(({ action }) => action === 'event-action.run');
    expect(pressed).toHaveLength(3);
    expect(pressed[0]).toMatchObject({
      target: `${appId} act_order tools/order`,
      details: { environment: 'production', version: release, outcome: 'done' },
    });
  });

  it('are not run when they became others since the page was opened', async () => {
    const old = { version: `${release}.basic` };
    const same = await publish(appOf({ liar: act('echo', { value: 'another one' }) }));
    // The others go on: nothing that was pressed has changed.
    expect(await resultOf('rows', {}, { body: old })).toBe(2);
    good(await press('order', {}, { body: { version: same } }));
    const changed = await publish(appOf({ order: act('order', { url: `${origin}/another` }) }));
    const before = requests.length;
    expect(await codeOf('order', {}, { body: old })).toBe('409 event-action.changed');
    expect(await codeOf('order', {}, { body: { version: 'rel_unknown' } })).toBe('409 event-action.changed');
    expect(await codeOf('order', {}, { body: { version: world.other.releaseId } })).toBe('409 event-action.changed');
    expect(requests.length).toBe(before);
    good(await press('order', {}, { body: { version: changed } }));
    expect(requests.at(-1)?.url).toBe('/another');
    release = await publish(appOf());
  });

  it('run from the draft on what is stored there, for its builders alone', async () => {
    const draft = (by: TestClient, name: string, values: object, query: { readonly role?: string } = {}) =>
      by.call(apps.draftEventAction, {
        params: { appId, screen: 'scr_home', owner: `cmp_${name}`, event: 'click', action: actionOf(name) },
        query,
        body: { ...bodyOf(), version: 'draft', values },
      });
    expect(good(await draft(world.people.builder, 'fetch', { '/url': ['9'] }))['result']).toEqual({ status: 200 });
    expect((await draft(world.people.member, 'fetch', { '/url': ['9'] })).status).toBe(403);
    // As a role sees it.
    expect((await draft(world.people.builder, 'only', {}, { role: 'basic' })).status).toBe(403);
    // What is fixed by the manifest is not taken from a browser, whatever a draft says; it cannot be published.
    await save(appOf({ chosen: act('echo', { token: '{{ event.token }}' }) }));
    const bound = await draft(world.people.builder, 'chosen', { '/token': ['api_token'] });
    expect(bound.body['code']).toBe('event-action.setting-bound');
    // A builder is told the name.
    expect((await draft(world.people.builder, 'unset', {})).text).toContain('nobody_stored_it');
  });

  describe('that misbehave', () => {
    const healthOf = async (): Promise<unknown> => {
      const all = good(await world.operator.call(plugins.list, workspace()))['plugins'] as unknown as TestBody[];
      return all.find(({ id }) => String(id) === 'tools')?.['health']?.['state'];
    };

    it.each([
      ['loop', /plugin\.stopped$/],
      ['heap', /plugin\.(?:memory|stopped)$/],
      ['crash', /plugin\.stopped$/],
    ])(
      'are ended and say so, while the server answers others: %s',
      async (name, code) => {
        const pressed = codeOf(name);
        good(await world.people.member.call(apps.open, { params: { app: appId } }));
        expect(await pressed).toMatch(code);
        // It rests, then the next press works.
        await expect.poll(healthOf, { timeout: 20_000, interval: 100 }).not.toBe('paused');
        expect(await resultOf('rows')).toBe(2);
      },
      60_000,
    );

    it('end at their time limit', async () => {
      expect(await codeOf('slow')).toBe('504 plugin.timeout');
      expect(await resultOf('rows')).toBe(2);
    });
  });

  it('turned off, say so; what uses them stays, is found and works again', async () => {
    const uses = good(await world.operator.call(plugins.usage, one('tools')))['uses'] as unknown as TestBody[];
    expect(uses[0]?.['types']).toContain('tools/order');
    good(await world.operator.call(plugins.change, { ...one('tools'), body: { isEnabled: false } }));
    expect(await codeOf('rows')).toBe('404 event-action.not-installed');
    const opened = await world.people.member.call(apps.open, { params: { app: appId } });
    expect(good(opened)['eventActions']).toEqual([]);
    expect(opened.text).not.toContain(origin);
    const problems = good(await world.operator.call(apps.problems, { params: { appId } }));
    expect(problems['problems']).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'event-action.type-missing',
        message: expect.stringContaining('The event action tools/rows is not installed.') as string,
      }),
    );
    good(await world.operator.call(plugins.change, { ...one('tools'), body: { isEnabled: true } }));
    expect(await resultOf('rows')).toBe(2);
    expect(good(await world.people.builder.call(plugins.extensions, workspace()))['eventActions']).toHaveLength(13);
  });
});
