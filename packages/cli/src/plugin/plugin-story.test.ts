import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, routes, type ApiClient } from '@fettle/contract';
import { emptyApp, saveApp, type Flow } from '@fettle/definition';
import { libraryName } from '@fettle/sdk';
import { createServer, loadConfig } from '@fettle/server';
import { builtIns } from '@fettle/standalone/extensions';

const owner = { email: 'owner@example.com', password: 'a long sentence nobody guesses' };
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** From nothing to a plugin that is at work in an app, for each kind of code that runs on the server. */
describe('a plugin from nothing to its use', () => {
  const tickets = [{ id: 1, title: 'The printer is on fire' }];
  const times: string[] = [];
  const developing: ChildProcess[] = [];
  let folder: string;
  let environment: Record<string, string>;
  let outside: Server;
  let address: string;
  let server: Awaited<ReturnType<typeof createServer>>;
  let client: ApiClient;
  let workspaceId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-plugin-story-'));
    outside = createHttpServer((_request, response) => response.end(JSON.stringify(tickets)));
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    address = `http://localhost:${port}/tickets`;
    server = await createServer({
      config: loadConfig({
        FETTLE_DATA_DIR: join(folder, 'data'),
        PORT: '0',
        FETTLE_LOG_LEVEL: 'fatal',
        FETTLE_OWNER_EMAIL: owner.email,
        FETTLE_OWNER_PASSWORD: owner.password,
        FETTLE_ALLOWED_HOSTS: `localhost:${port}`,
        FETTLE_PLUGIN_DIRS: folder,
      }),
      ...builtIns,
      generateApp: () => {
        throw new TypeError('not in this test');
      },
    });
    const url = `http://127.0.0.1:${server.port}`;
    const signedIn = await fetch(`${url}${routes.account.signIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(owner),
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    client = createClient({ baseUrl: url, headers: { cookie, origin: url } });
    const { user } = await client.call(routes.account.session, {});
    workspaceId = user?.workspaces[0]?.id ?? '';
    const { secret } = await client.call(routes.workspaces.createApiKey, {
      params: { workspaceId },
      body: { name: 'plugins', role: 'admin' },
    });
    environment = { FETTLE_URL: url, FETTLE_API_KEY: secret };
  });
  afterAll(async () => {
    // How long each took is what the story is told for.
    process.stderr.write(`${times.join('\n')}\n`);
    for (const running of developing) running.kill();
    await server.close();
    outside.close();
    await rm(folder, { recursive: true, force: true });
  });

  // A process of its own, as a person would run it: tests run no tests inside themselves.
  const environmentOf = () =>
    ({
      ...process.env,
      ...environment,
      FETTLE_CONFIG: '/nonexistent',
      VITEST: undefined,
      NODE_ENV: undefined,
    }) as NodeJS.ProcessEnv;
  const fettle = async (place: string, words: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...words, '--json'], {
      cwd: place,
      env: environmentOf(),
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const publish = async (name: string, flow: Pick<Flow, 'trigger' | 'steps'>): Promise<string> => {
    const app = { ...emptyApp(name), flows: { flw_story: { id: 'flw_story', name: 'story', ...flow } } };
    const made = await client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name, from: { kind: 'definition', files: saveApp(app) } },
    });
    const appId = made.app.id;
    await client.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } });
    return appId;
  };
  const runsOf = async (appId: string) =>
    (await client.call(routes.flows.runs, { params: { appId }, query: {} })).runs as readonly {
      readonly state: string;
    }[];

  /** An app whose screen starts the event action of a plugin; answers what starts it. */
  const publishPress = async (id: string): Promise<() => Promise<unknown>> => {
    const empty = emptyApp('Buttons');
    const [screen] = Object.values(empty.screens);
    if (screen === undefined) throw new TypeError('The app has no screen.');
    const action = { id: 'act_check', type: `${id}/check-service`, settings: { address, slowMs: '{{ 60 * 1000 }}' } };
    const app = { ...empty, screens: { ...empty.screens, [screen.id]: { ...screen, events: { open: [action] } } } };
    const made = await client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name: 'Buttons', from: { kind: 'definition', files: saveApp(app) } },
    });
    await client.call(routes.apps.publish, { params: { appId: made.app.id }, body: { revision: 0 } });
    const { version } = await client.call(routes.apps.open, { params: { app: made.app.slug } });
    const params = { app: made.app.slug, screen: screen.id, owner: 'screen', event: 'open', action: 'act_check' };
    let presses = 0;
    return async () => {
      presses += 1;
      const body = { version, requestId: `prs_of_${id}_${presses}`, values: { '/slowMs': [60_000] } };
      return (await client.call(routes.apps.runEventAction, { params, body })).result;
    };
  };

  const uses = {
    'flow-action': async (id: string): Promise<void> => {
      const appId = await publish('Checks', {
        trigger: { type: 'core/manual', settings: {} },
        steps: [
          {
            id: 'stp_check',
            name: 'check',
            kind: 'action',
            type: `${id}/check-service`,
            settings: { address },
          } as never,
        ],
      });
      await client.call(routes.flows.startDraft, { params: { appId, flow: 'flw_story' }, body: { trigger: {} } });
      await expect.poll(async () => (await runsOf(appId))[0]?.state, { timeout: 20_000 }).toBe('succeeded');
    },
    'event-action': async (id: string): Promise<void> => {
      const press = await publishPress(id);
      expect(await press()).toEqual({ isUp: true, isSlow: false, status: 200 });
    },
    'flow-trigger': async (id: string): Promise<void> => {
      const appId = await publish('Tickets', {
        trigger: { type: `${id}/ticket-created`, settings: { address, every: 1 } },
        steps: [],
      });
      const source = async () => (await client.call(routes.flows.sources, { params: { appId } })).sources[0];
      await expect.poll(async () => (await source())?.position, { timeout: 20_000 }).toBe('ticket 1');
      expect(await client.call(routes.flows.tryTrigger, { params: { appId, flow: 'flw_story' } })).toEqual({
        trigger: { id: 1, title: 'The printer is on fire' },
      });
      tickets.push({ id: 2, title: 'It still is' });
      await expect.poll(async () => (await runsOf(appId))[0]?.state, { timeout: 20_000 }).toBe('succeeded');
      expect(await runsOf(appId)).toHaveLength(1);
    },
    function: async (id: string): Promise<void> => {
      const call = `${libraryName(`${id}/days-overdue`)}("2026-04-28", "2026-05-01")`;
      const appId = await publish('Days', {
        trigger: { type: 'core/manual', settings: {} },
        steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: `{{ ${call} }}` }],
      });
      const { run } = await client.call(routes.flows.startDraft, {
        params: { appId, flow: 'flw_story' },
        body: { trigger: {}, waitMs: 20_000 },
      });
      expect(run).toMatchObject({ state: 'succeeded', output: 3 });
    },
    connector: async (id: string): Promise<void> => {
      const { dataSource } = await client.call(routes.dataSources.create, {
        params: { workspaceId },
        body: {
          name: 'Tickets',
          kind: 'external',
          connector: `${id}/tickets`,
          development: { settings: { address } },
        },
      });
      const { schema } = await client.call(routes.dataSources.schema, {
        params: { workspaceId, dataSource: dataSource.id },
        query: { environment: 'development' },
      });
      const table = schema.tables[0]?.name ?? '';
      const { rows } = await client.call(routes.dataSources.rows.list, {
        params: { workspaceId, dataSource: dataSource.id, table },
        query: {},
        body: { limit: 10 },
      });
      expect(JSON.stringify(rows)).toContain('The printer is on fire');
    },
  };

  it.each(Object.keys(uses) as (keyof typeof uses)[])(
    'create, test, pack, install, use: %s',
    async (kind) => {
      const id = `story-${kind}`;
      const project = join(folder, id);
      const took: string[] = [];
      const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        const startedAt = performance.now();
        await work();
        took.push(`${name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      };
      await step('create', () => fettle(folder, ['plugin', 'create', id, '--kind', kind]));
      await step('test', () => fettle(project, ['plugin', 'test']));
      await step('pack', () => fettle(project, ['plugin', 'pack', '-o', 'packed.tgz']));
      await step('install', () => fettle(project, ['plugin', 'install', 'packed.tgz', '--yes']));
      await step('use', () => uses[kind](id));
      times.push(`${kind}: ${took.join(', ')}`);
    },
    180_000,
  );

  /** Runs `plugin dev` until it waits for changes. */
  const develop = async (project: string) => {
    const notes: string[] = [];
    const running = spawn(process.execPath, [main, 'plugin', 'dev'], { cwd: project, env: environmentOf() });
    developing.push(running);
    running.stderr.on('data', (text) => notes.push(String(text)));
    await expect.poll(() => notes.join(''), { timeout: 60_000 }).toContain('Waiting for changes');
    return Object.assign(running, { notes });
  };

  it('is on the server within a second of a save while it is being written', async () => {
    const id = 'story-dev';
    const project = join(folder, id);
    await fettle(folder, ['plugin', 'create', id, '--kind', 'flow-action']);
    const running = await develop(project);
    const manifest = join(project, 'src/check-service/manifest.ts');
    const source = await readFile(manifest, 'utf8');
    const titles = async (): Promise<string> =>
      JSON.stringify((await client.call(routes.plugins.extensions, { params: { workspaceId } })).flowActions);
    const delays: number[] = [];
    for (let round = 1; round <= 7; round += 1) {
      const savedAt = performance.now();
      await writeFile(manifest, source.replace("title: 'Check a service'", `title: 'Check ${round}'`));
      await expect.poll(titles, { timeout: 30_000, interval: 10 }).toContain(`Check ${round}`);
      delays.push(performance.now() - savedAt);
    }
    // What else the machine does only makes it longer: the shortest is what a save takes.
    const shortest = Math.min(...delays);
    times.push(`dev: ${delays.map((delay) => `${Math.round(delay)} ms`).join(', ')}`);
    running.kill();
    expect(shortest, times.at(-1)).toBeLessThan(1_000);
  }, 180_000);

  it('does on the next press what the code of an event action says since it was saved', async () => {
    const id = 'story-dev-press';
    const project = join(folder, id);
    await fettle(folder, ['plugin', 'create', id, '--kind', 'event-action']);
    const running = await develop(project);
    const press = await publishPress(id);
    expect(await press()).toMatchObject({ isUp: true, status: 200 });
    const code = join(project, 'src/check-service/server.ts');
    const source = await readFile(code, 'utf8');
    // The published app is neither published nor opened again, and the server goes on.
    await writeFile(code, source.replace('status < 500', 'status < 200'));
    await expect.poll(press, { timeout: 30_000 }).toMatchObject({ isUp: false, status: 200 });
    // Half-written code is told to who wrote it, and changes nothing for who presses.
    await writeFile(code, source.replace('status < 500', 'status <'));
    await expect.poll(() => running.notes.join(''), { timeout: 30_000 }).toMatch(/server\.ts/);
    expect(await press()).toMatchObject({ isUp: false });
    await writeFile(code, source);
    await expect.poll(press, { timeout: 30_000 }).toMatchObject({ isUp: true });
    running.kill();
  }, 180_000);
});
