import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { routes, type FlowSourceInfo } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { openDatabase, type Database } from '../../../database/database.ts';
import { createLog } from '../../../log.ts';
import { publishFlows } from '../../../testing/publish-flows.ts';
import { testCatalog } from '../../../testing/test-catalog.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import { refusedBy, TestQueue, testQueueManifest } from '../../../testing/test-queue.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { good, setUp } from '../../../testing/test-world.ts';
import { loadStored } from '../../apps/app-content.ts';
import { readReleaseFiles } from '../../releases/releases.store.ts';
import { createRunStarter, largestTrigger } from '../start-run.ts';
import { createSourceKeeper, type SourceKeeper } from './source-keeper.ts';
import type { SourceReach } from './source-context.ts';

const numbered = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => `m${String(index + from).padStart(3, '0')}`);

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > end) expect.fail(`Waited in vain: ${what}`);
    await pause(15);
  }
}

function listening(settings: Readonly<Record<string, unknown>> = {}, facts: Partial<Flow> = {}): Flow {
  const trigger = { type: testQueueManifest.id, settings: { queue: 'orders', ...settings } };
  return { id: 'flw_listen', name: 'listen', trigger, steps: [], ...facts };
}

interface World {
  readonly server: TestServer;
  readonly owner: TestClient;
  readonly workspaceId: string;
}

async function sourceOf({ owner }: World, appId: string): Promise<FlowSourceInfo | undefined> {
  const { sources } = good(await owner.call(routes.flows.sources, { params: { appId } }));
  return (sources as unknown as FlowSourceInfo[])[0];
}

async function startedBy(database: Database, appId: string): Promise<readonly string[]> {
  const rows = (await database.knex('flow_run').where({ app_id: appId }).pluck('trigger')) as string[];
  return rows.map((text) => (JSON.parse(text) as { id: string }).id).toSorted();
}

async function change({ owner }: World, appId: string, trigger: unknown): Promise<void> {
  const { revision } = good(await owner.call(routes.apps.draft, { params: { appId } })) as unknown as {
    revision: number;
  };
  const commands = [{ type: 'flow.update', flow: 'flw_listen', changes: { trigger } }];
  const requestId = `req_${revision}`;
  good(await owner.call(routes.apps.edit, { params: { appId }, body: { revision, requestId, commands } }));
  good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: revision + 1 } }));
}

describe.each(storeKinds)('what listens for flows, on %s', (kind) => {
  const queue = new TestQueue();
  let world: World;
  let database: Database;
  const apps: string[] = [];

  beforeAll(async () => {
    const server = await startTestServer(kind, { flowTriggers: [queue.extension] });
    const { client, workspaceId } = await setUp(server);
    world = { server, owner: client, workspaceId };
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
  });
  afterEach(async () => {
    for (const appId of apps.splice(0)) await world.owner.call(routes.apps.unpublish, { params: { appId } });
    await until(() => queue.listeners.every(({ signal }) => signal.aborted), 'everybody stops');
    queue.waiting.splice(0);
    queue.acknowledged.splice(0);
    queue.listeners.splice(0);
    queue.more = () => ({});
  });
  afterAll(async () => {
    await database.close();
    await world.server.stop();
  });

  const publish = async (flow: Flow): Promise<string> => {
    const { appId } = await publishFlows({ ...world, dataSource: 'src_none' }, 'Queue', [flow]);
    apps.push(appId);
    return appId;
  };

  it('starts one run for each message, acknowledges after that, and says how it is', async () => {
    queue.send(...numbered(7));
    const appId = await publish(listening());
    await until(() => queue.acknowledged.length === 7, 'all are acknowledged');
    expect(await startedBy(database, appId)).toEqual(numbered(7));
    await until(async () => (await sourceOf(world, appId))?.state === 'connected', 'it is connected');
    const source = await sourceOf(world, appId);
    expect(source).toMatchObject({ flow: 'flw_listen', position: 'after m007', events: 7, retryAt: null });
    expect(source?.error).toBeUndefined();
    // The same again starts nothing.
    queue.send('m003', 'm008');
    await until(() => queue.acknowledged.length === 9, 'these, too');
    expect(await startedBy(database, appId)).toEqual(numbered(8));
  });

  it('tries again with longer and longer breaks, says why, and tells no secret', async () => {
    const { owner, workspaceId } = world;
    const params = { workspaceId, environment: 'production', secret: 'broker' };
    good(await owner.call(routes.storedSecrets.save, { params, body: { value: 'hunter2-hunter2' } }));
    queue.refusals.push(refusedBy('hunter2-hunter2@broker'), new TypeError('broken at hunter2-hunter2'));
    const appId = await publish(listening({ password: 'broker' }));
    await until(async () => (await sourceOf(world, appId))?.state === 'failed', 'it fails');
    const failed = await sourceOf(world, appId);
    expect(failed?.error).toEqual({ code: 'test.refused', message: '•••@broker refused.', hint: 'Ask it.' });
    expect(failed?.retryAt).toBeGreaterThan(failed?.since ?? 0);
    await until(async () => (await sourceOf(world, appId))?.error?.code === 'data.failed', 'it fails again');
    await until(async () => (await sourceOf(world, appId))?.state === 'connected', 'it is connected in the end');
    expect((await sourceOf(world, appId))?.error).toBeUndefined();
    expect(queue.listeners[0]?.secrets).toEqual({ password: 'hunter2-hunter2' });
    expect(world.server.log.join('\n')).not.toContain('hunter2-hunter2');
  });

  it('says what it is short of', async () => {
    const appId = await publish(listening({ password: 'nobody stored it' }));
    await until(async () => (await sourceOf(world, appId))?.state === 'failed', 'it fails');
    expect((await sourceOf(world, appId))?.error?.code).toBe('flow.secret-unknown');
    expect(queue.listeners).toHaveLength(0);
  });

  it('goes on where it was with other settings, begins anew with another place, and ends with the app', async () => {
    queue.send('m001');
    const appId = await publish(listening());
    await until(() => queue.acknowledged.length === 1, 'the first');
    expect(queue.listeners[0]?.cursor()).toEqual({ last: 'm001' });
    const { type } = listening().trigger;
    // The same settings again: nothing is interrupted.
    await change(world, appId, { type, settings: { queue: 'orders' } });
    queue.send('m002');
    await until(() => queue.acknowledged.length === 2, 'the second');
    expect(queue.listeners).toHaveLength(1);
    const runs = (await database.knex('flow_run').where({ app_id: appId }).pluck('version')) as string[];
    expect(new Set(runs).size).toBe(2);
    await change(world, appId, { type, settings: { queue: 'orders', note: 'new' } });
    await until(() => queue.listeners.length === 2, 'it listens again');
    expect(queue.listeners[0]?.signal.aborted).toBe(true);
    expect(queue.listeners[1]?.cursor()).toEqual({ last: 'm002' });
    expect(queue.listeners[1]?.name).toBe(queue.listeners[0]?.name);
    await change(world, appId, { type, settings: { queue: 'invoices' } });
    await until(() => queue.listeners.length === 3, 'it listens elsewhere');
    expect(queue.listeners[2]?.cursor()).toBeUndefined();
    good(await world.owner.call(routes.apps.unpublish, { params: { appId } }));
    await until(() => queue.listeners[2]?.signal.aborted === true, 'it ends');
    expect(await sourceOf(world, appId)).toBeUndefined();
  });

  it('shows what is too large for a run as failed instead of stopping at it', async () => {
    queue.more = (id) => (id === 'm002' ? { text: 'x'.repeat(largestTrigger) } : {});
    queue.send(...numbered(3));
    const appId = await publish(listening());
    await until(() => queue.acknowledged.length === 3, 'all are acknowledged');
    const failed = (await database
      .knex('flow_run')
      .where({ app_id: appId, state: 'failed' })
      .select('error', 'trigger')) as {
      error: string;
      trigger: string;
    }[];
    expect(failed).toHaveLength(1);
    expect(JSON.parse(failed[0]?.trigger ?? '')).toEqual({ key: 'm002' });
    expect(JSON.parse(failed[0]?.error ?? '')).toMatchObject({ code: 'flow.trigger-too-large' });
  });

  it('is not published without what it needs, or with a filter that is none', async () => {
    const { owner, workspaceId } = world;
    const bad = listening({ queue: '', filter: { column: 'a', operator: 'like' } });
    await expect(publishFlows({ owner, workspaceId, dataSource: 'src_none' }, 'Bad', [bad])).rejects.toThrow(
      /The trigger needs \\"Queue\\"/,
    );
  });

  it('is for those who may see runs', async () => {
    const appId = await publish(listening());
    const reply = await world.server.client().call(routes.flows.sources, { params: { appId } });
    expect(reply.status).toBe(401);
  });
});

describe.skipIf(!storeKinds.includes('postgres'))('processes that share what listens', () => {
  const queue = new TestQueue();
  const log = createLog('silent');
  const leaseMs = 600;
  let world: World;
  let database: Database;
  let appId: string;
  const keepers: SourceKeeper[] = [];
  const databases: Database[] = [];

  beforeAll(async () => {
    // Nobody listens in the server itself: the processes here do.
    const server = await startTestServer('postgres', { environment: { FETTLE_ROLE: 'server' } });
    const { client, workspaceId } = await setUp(server);
    world = { server, owner: client, workspaceId };
    database = await open();
    ({ appId } = await publishFlows({ ...world, dataSource: 'src_none' }, 'Queue', [listening()]));
  });
  afterEach(async () => {
    await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
    queue.beforeAcknowledging = () => Promise.resolve();
    await database.knex('flow_run').where({ app_id: appId }).delete();
    queue.waiting.splice(0);
    queue.acknowledged.splice(0);
    queue.listeners.splice(0);
  });
  afterAll(async () => {
    await Promise.allSettled(databases.map((one) => one.close()));
    await world.server.stop();
  });

  async function open(): Promise<Database> {
    const opened = await openDatabase({
      dataFolder: world.server.dataFolder,
      databaseUrl: world.server.databaseUrl ?? '',
      maxConnections: 3,
    });
    databases.push(opened);
    return opened;
  }
  /** A process that keeps sources. `isFrozen`: it does not get to renew what it holds. */
  function processOn(own: Database, isFrozen: () => boolean = () => false): SourceKeeper {
    const clock = { now: () => (isFrozen() ? Number.NEGATIVE_INFINITY : Date.now()) };
    const frozen: Database = {
      ...own,
      get knex() {
        return own.knex;
      },
    };
    const versions = {
      find: async (_app: string, release: string, flowId: string) => {
        const stored = await readReleaseFiles(own.knex, release);
        const app = loadStored(stored?.files ?? {}, testCatalog, release);
        const flow = app.flows[flowId];
        if (flow === undefined) throw new TypeError('no such flow');
        return { app, flow, rights: { screens: [], queries: [], flows: [], tables: {} } };
      },
    };
    const keeper = createSourceKeeper({
      database: frozen,
      clock,
      log,
      leaseMs,
      lookMs: 50,
      firstRetryMs: 50,
      versions,
      starter: createRunStarter({ clock: { now: Date.now }, database: frozen }),
      announce: () => undefined,
      find: () => queue.extension,
      reach: {
        versions,
        networkFor: () => undefined,
        files: { discardStaged: () => Promise.resolve(), discardOrphans: () => Promise.resolve() },
      } as unknown as SourceReach,
    });
    keepers.push(keeper);
    keeper.start();
    return keeper;
  }

  it('let one of them listen, and hand over at once when it stops', async () => {
    const first = processOn(database);
    await until(() => queue.listeners.length === 1, 'one listens');
    const second = processOn(await open());
    queue.send(...numbered(20));
    await until(() => queue.acknowledged.length === 20, 'all are acknowledged');
    expect([first.active(), second.active()]).toEqual([1, 0]);
    expect(queue.listeners).toHaveLength(1);
    const stopped = Date.now();
    await first.stop();
    await until(() => second.active() === 1, 'the other takes over');
    expect(Date.now() - stopped).toBeLessThan(leaseMs);
    expect(await startedBy(database, appId)).toEqual(numbered(20));
  });

  it('lose nothing and start nothing twice when one dies between storing and acknowledging', async () => {
    const mortal = await open();
    const dying = processOn(mortal);
    await until(() => queue.listeners.length === 1, 'one listens');
    let deaths = 0;
    queue.beforeAcknowledging = async () => {
      if (deaths > 0) return;
      deaths += 1;
      // Its connections are gone, and it never acknowledges: as far as others can tell, it is dead.
      await mortal.close();
      await new Promise((resolve) => setTimeout(resolve, 3 * leaseMs));
    };
    const living = processOn(await open());
    queue.send(...numbered(30));
    await until(() => living.active() === 1, 'the other takes over');
    await until(() => new Set(queue.acknowledged).size === 30, 'all are acknowledged');
    expect(deaths).toBe(1);
    expect(await startedBy(database, appId)).toEqual(numbered(30));
    await dying.stop().catch(() => undefined);
  });

  it('let nobody deliver whose lease another one has', async () => {
    let isFrozen = false;
    const stalled = processOn(await open(), () => isFrozen);
    await until(() => queue.listeners.length === 1, 'one listens');
    const [late] = queue.listeners;
    isFrozen = true;
    await pause(leaseMs);
    const living = processOn(await open());
    await until(() => living.active() === 1, 'the other takes over');
    const delivery = late?.deliver({ events: [{ key: 'late', trigger: { id: 'late' } }], cursor: { last: 'late' } });
    await expect(delivery).rejects.toThrow();
    expect(await startedBy(database, appId)).toEqual([]);
    const [row] = (await database.knex('flow_source').select('cursor')) as { cursor: string | null }[];
    expect(row?.cursor ?? '').not.toContain('late');
    await stalled.stop();
  });
});
