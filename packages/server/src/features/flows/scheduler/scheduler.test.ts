import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow } from '@fettle/definition';
import { nextTick, parseSchedule, ticksBetween } from '@fettle/flow';
import { openDatabase, type Database } from '../../../database/database.ts';
import { createLog } from '../../../log.ts';
import { secretApp } from '../../../testing/test-apps.ts';
import { testCatalog } from '../../../testing/test-catalog.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { good, setUp, signIn } from '../../../testing/test-world.ts';
import { loadStored } from '../../apps/app-content.ts';
import { readReleaseFiles } from '../../releases/releases.store.ts';
import { createRunStarter } from '../start-run.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { takeDueSchedules } from './schedules.store.ts';

const hour = 3_600_000;
const begin = Date.parse('2031-03-29T12:00:00Z');
const log = createLog('silent');

const everyQuarter = { expression: '*/15 * * * *', timeZone: 'Europe/Berlin', catchUp: 'all', catchUpLimit: 1000 };
const nightly = { expression: '30 2 * * *', timeZone: 'Europe/Berlin' };

function scheduled(id: string, settings: Readonly<Record<string, unknown>>, facts: Partial<Flow> = {}): Flow {
  return { id: `flw_${id}`, name: id, trigger: { type: 'core/schedule', settings }, steps: [], ...facts };
}

describe.each(storeKinds)('the scheduler on %s', (kind) => {
  let server: TestServer;
  let owner: TestClient;
  let workspaceId: string;
  let database: Database;
  const databases: Database[] = [];
  /** Stands still unless it runs along with the machine's. */
  const clock = { time: begin, since: 0, now: () => clock.time + (clock.since === 0 ? 0 : Date.now() - clock.since) };

  const open = async (): Promise<Database> => {
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    const opened = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 4 });
    databases.push(opened);
    return opened;
  };
  beforeAll(async () => {
    // On SQLite one process does everything: there the server's own scheduler takes part.
    const environment: Record<string, string> = kind === 'postgres' ? { FETTLE_ROLE: 'server' } : {};
    server = await startTestServer(kind, { environment, clock });
    ({ workspaceId } = await setUp(server));
    database = await open();
  });
  // Sessions end, too, as time passes.
  beforeEach(async () => void (owner = await signIn(server, 'owner@one.test')));
  afterAll(async () => {
    await Promise.all(databases.map((one) => one.close()));
    await server.stop();
  });

  /** A process on the store. One that `dies` breaks off now and then, in the middle of its transaction or after it. */
  const processOn = (own: Database, dies: () => boolean = () => false): Scheduler => {
    const starter = createRunStarter({ clock, database: own });
    return createScheduler({
      database: own,
      clock,
      log,
      catalogOf: () => testCatalog,
      starter: {
        async startAll(knex, starts) {
          await starter.startAll(knex, starts, { isQuiet: true });
          if (dies()) throw new TypeError('killed');
        },
      },
      releaseOf: async (releaseId) => {
        const stored = await readReleaseFiles(own.knex, releaseId);
        return stored === undefined ? { flows: {} } : loadStored(stored.files, testCatalog, releaseId);
      },
      makeWay: () => () => undefined,
      announce: () => undefined,
    });
  };
  const filesOf = (name: string, flows: readonly Flow[]) =>
    saveApp({ ...secretApp(name, 'src_none'), flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])) });
  const make = async (name: string, flows: readonly Flow[]): Promise<string> => {
    const body = { name, from: { kind: 'definition', files: filesOf(name, flows) } };
    const { app } = good(await owner.call(routes.apps.create, { params: { workspaceId }, body }));
    return (app as unknown as { id: string }).id;
  };
  const publish = (appId: string, revision = 0) =>
    owner.call(routes.apps.publish, { params: { appId }, body: { revision } });
  const ticksOf = async (appId: string, flowId: string): Promise<readonly number[]> => {
    const rows = (await database
      .knex('flow_run')
      .where({ app_id: appId, flow_id: flowId })
      .orderBy('dedupe_key')
      .pluck('trigger')) as string[];
    return rows.map((text) => Date.parse((JSON.parse(text) as { scheduledAt: string }).scheduledAt));
  };
  const expected = (settings: unknown, from: number, to: number): readonly number[] => {
    const parsed = parseSchedule(settings);
    if (!parsed.ok) throw new TypeError('unreadable');
    return ticksBetween(parsed.value, from, to, 10_000);
  };
  const fireAll = async (scheduler: Scheduler): Promise<void> => {
    while ((await scheduler.fireDue()) > 0);
  };

  it('makes one run per tick over a day on which clocks change, with processes that die around ticks', async () => {
    const start = clock.time;
    const appId = await make('Day', [scheduled('quarter', everyQuarter), scheduled('nightly', nightly)]);
    good(await publish(appId));
    let dice = 7;
    const roll = (): number => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647;
    const processes = [
      processOn(database, () => roll() < 0.4),
      processOn(kind === 'postgres' ? await open() : database, () => roll() < 0.4),
      processOn(kind === 'postgres' ? await open() : database, () => roll() < 0.4),
    ];
    while (clock.time < start + 24 * hour) {
      clock.time += Math.ceil(roll() * 9 * 60_000);
      // Some look at the same moment, some not at all.
      await Promise.allSettled(processes.filter(() => roll() < 0.7).map((one) => one.fireDue()));
    }
    await fireAll(processOn(database));
    expect(await ticksOf(appId, 'flw_quarter')).toEqual(expected(everyQuarter, start, clock.time));
    expect(await ticksOf(appId, 'flw_nightly')).toEqual(expected(nightly, start, clock.time));
    expect(await ticksOf(appId, 'flw_nightly')).toHaveLength(1);
  }, 60_000);

  it('makes up for a downtime as each schedule says, and says what it leaves out', async () => {
    const hourly = { expression: '0 * * * *' };
    const appId = await make('Down', [
      scheduled('skip', { ...hourly, catchUp: 'skip' }),
      scheduled('latest', hourly),
      scheduled('all', { ...hourly, catchUp: 'all', catchUpLimit: 4 }),
    ]);
    good(await publish(appId));
    const start = clock.time;
    clock.time = Math.ceil(start / hour) * hour + 6.5 * hour;
    await fireAll(processOn(database));
    const all = expected(hourly, start, clock.time);
    expect(await ticksOf(appId, 'flw_skip')).toEqual([]);
    expect(await ticksOf(appId, 'flw_latest')).toEqual(all.slice(-1));
    expect(await ticksOf(appId, 'flw_all')).toEqual(all.slice(-4));
    const row = await database.knex('flow_schedule').where({ app_id: appId, flow_id: 'flw_all' }).first();
    expect([Number(row.dropped_from), Number(row.dropped_to)]).toEqual([all[0], all.at(-5)]);
    const [run] = (await database.knex('flow_run').where({ app_id: appId, flow_id: 'flw_latest' })) as {
      trigger: string;
      version: string;
    }[];
    expect(JSON.parse(run?.trigger ?? '{}')).toMatchObject({ isCatchUp: true });
  });

  it('takes schedules of the releases that it has read alone, whatever else is due', async () => {
    const apps: string[] = [];
    for (const name of ['First', 'Second']) {
      const appId = await make(name, [scheduled('one', nightly), scheduled('two', nightly)]);
      good(await publish(appId));
      apps.push(appId);
    }
    const until = clock.time + 7 * 24 * hour;
    for (const appId of apps) {
      const release = (await database.knex('app').where({ id: appId }).first('live_release_id')) as {
        live_release_id: string;
      };
      const { due } = await database.transaction((transaction) =>
        takeDueSchedules(
          transaction,
          { releases: [release.live_release_id], until },
          { limit: 2, isShared: kind === 'postgres' },
        ),
      );
      expect(due.map(({ app_id: id }) => id)).toEqual([appId, appId]);
    }
  });

  it.skipIf(kind === 'sqlite')('passes over an app that is being published, however much of it is due', async () => {
    const [big, small] = [
      await make('Big', [scheduled('one', nightly)]),
      await make('Small', [scheduled('one', nightly)]),
    ];
    good(await publish(big));
    const [row] = (await database.knex('flow_schedule').where({ app_id: big })) as object[];
    const more = Array.from({ length: 3500 }, (_, index) => ({ ...row, flow_id: `flw_more${index}` }));
    await database.knex.batchInsert('flow_schedule', more, 500);
    good(await publish(small));
    clock.time += 48 * hour;
    const publisher = await open();
    await publisher.transaction(async (transaction) => {
      await transaction('app').where({ id: big }).forUpdate().first();
      expect(await processOn(database).fireDue()).toBeGreaterThan(0);
      expect(await ticksOf(small, 'flw_one')).toHaveLength(1);
      expect(await ticksOf(big, 'flw_one')).toEqual([]);
    });
    await fireAll(processOn(database));
    expect(await ticksOf(big, 'flw_one')).toHaveLength(1);
    await database.knex('flow_schedule').where({ app_id: big }).delete();
    owner = await signIn(server, 'owner@one.test');
  });

  it('follows what is live: publishing, going back, taking off line', async () => {
    const appId = await make('Moving', [scheduled('moving', { expression: '0 * * * *' })]);
    const first = good(await publish(appId))['release'] as unknown as { id: string };
    const stored = () => database.knex('flow_schedule').where({ app_id: appId }).first();
    const before = await stored();
    // The same settings again: it goes on where it was.
    clock.time += 10_000;
    good(await publish(appId));
    expect(await stored()).toMatchObject({ next_at: before.next_at, last_at: before.last_at });
    expect((await stored()).release_id).not.toBe(first.id);
    good(await owner.call(routes.apps.unpublish, { params: { appId } }));
    expect(await stored()).toBeUndefined();
    clock.time += 3 * hour;
    await fireAll(processOn(database));
    owner = await signIn(server, 'owner@one.test');
    good(await owner.call(routes.apps.deployRelease, { params: { appId, releaseId: first.id } }));
    expect(await stored()).toMatchObject({ release_id: first.id });
    // What passed while it was off line is nobody's.
    await fireAll(processOn(database));
    expect(await ticksOf(appId, 'flw_moving')).toEqual([]);
    clock.time += hour;
    await fireAll(processOn(database));
    expect(await ticksOf(appId, 'flw_moving')).toHaveLength(1);
  });

  it('brings apps in line that were published without it, and schedules that a wrong clock moved ahead', async () => {
    const appId = await make('Upgraded', [scheduled('old', { expression: '0 * * * *' })]);
    good(await publish(appId));
    await database.knex('flow_schedule').where({ app_id: appId }).delete();
    await database.knex('app').where({ id: appId }).update({ scheduled_release_id: null });
    const scheduler = processOn(database);
    await scheduler.reconcile();
    const stored = async () => Number((await database.knex('flow_schedule').where({ app_id: appId }).first()).next_at);
    const parsed = parseSchedule({ expression: '0 * * * *' });
    const next = parsed.ok ? nextTick(parsed.value, clock.time) : undefined;
    expect(await stored()).toBe(next);
    const right = clock.time;
    clock.time += 365 * 24 * hour;
    await fireAll(scheduler);
    clock.time = right;
    await scheduler.reconcile();
    expect(await stored()).toBe(next);
  });

  it('does not let a schedule be published that cannot be read, and starts no flow that is disabled', async () => {
    const wrong = await make('Wrong', [scheduled('wrong', { expression: '61 * * * *', excludeWeekdays: ['sunday'] })]);
    const reply = await publish(wrong);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain('/flows/flw_wrong/trigger/settings/expression');
    const off = await make('Off', [scheduled('off', { expression: 'never' }, { disabled: true })]);
    good(await publish(off));
    expect(await database.knex('flow_schedule').where({ app_id: off })).toEqual([]);
  });

  it('fires by itself within a second of the tick', async () => {
    clock.since = Date.now();
    const appId = await make('Live', [scheduled('live', { expression: '* * * * * *' })]);
    good(await publish(appId));
    const scheduler = processOn(database);
    scheduler.start();
    await new Promise((resolve) => setTimeout(resolve, 3_300));
    await scheduler.stop();
    const rows = (await database.knex('flow_run').where({ app_id: appId }).pluck('trigger')) as string[];
    const delays = rows.map((text) => {
      const { scheduledAt, firedAt } = JSON.parse(text) as { scheduledAt: string; firedAt: string };
      return Date.parse(firedAt) - Date.parse(scheduledAt);
    });
    expect(delays.length).toBeGreaterThanOrEqual(3);
    // What another process published is found by the next look, a second later at most; from then on, by its time.
    const [first = 0, ...others] = delays.toSorted((a, b) => b - a);
    expect(first).toBeLessThan(2_000);
    expect(Math.max(...others)).toBeLessThan(1_000);
  });
});
