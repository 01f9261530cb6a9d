import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import type { Database } from '../../database/database.ts';
import { createLog } from '../../log.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import { actionStep, publishFlows, testFlow, until } from '../../testing/test-flows.ts';
import { startTestServer, storeKinds } from '../../testing/test-server.ts';
import { openTestStore, type TestStore } from '../../testing/test-store.ts';
import { createWorld, good } from '../../testing/test-world.ts';
import { createRunSignals } from './run-signals.ts';
import { createRunStore, type DatabaseRunStore } from './run-store.ts';
import { cancelRun, findRun } from './runs.store.ts';
import { createRunStarter, type RunStart } from './start-run.ts';
import { createWorker } from './worker/worker.ts';

const worker = { name: 'w', leaseMs: 100_000_000 };

describe.each(storeKinds)('limits of flows on %s', (kind) => {
  const { extensions } = createTestActions();
  let nobodys: TestStore;
  let own: Database;
  let clock: ManualClock;
  let store: DatabaseRunStore;
  beforeAll(async () => {
    nobodys = await openTestStore(kind);
    own = nobodys.database;
  });
  beforeEach(async () => {
    await own.knex('flow_run').delete();
    clock = createManualClock();
    store = createRunStore({ database: own, clock });
  });
  afterAll(() => nobodys.stop());

  const startOf = (facts: Partial<Flow>, trigger: RunStart['trigger'] = {}): RunStart => ({
    workspaceId: 'wsp_1',
    appId: 'app_1',
    version: 'rel_none',
    environment: 'production',
    origin: 'app',
    flow: testFlow('limited', [], facts),
    functions: undefined,
    trigger,
    user: null,
  });

  describe('of starts per period', () => {
    const limited = { rateLimit: { limit: 3, periodMs: 60_000, key: '{{ trigger.customer }}' } };
    const start = async (trigger: RunStart['trigger'] = {}): Promise<string> =>
      (await createRunStarter({ clock, database: own }).startAlone(startOf(limited, trigger))).id;
    const take = async (id: string): Promise<number | 'taken' | null> => {
      if ((await store.claim(id, worker)) !== undefined) return 'taken';
      const run = await findRun(own.knex, id);
      return run?.wake_at === undefined || run.wake_at === null ? null : run.wake_at;
    };

    it('gives each run its place in time, in their order, and loses none', async () => {
      const now = clock.now();
      const ids: string[] = [];
      for (let n = 0; n < 8; n += 1) ids.push(await start());
      const places = [];
      for (const id of ids) places.push(await take(id));
      expect(places.slice(0, 3)).toEqual(['taken', 'taken', 'taken']);
      const waits = places.slice(3).map((place) => Math.round((Number(place) - now) / 10_000) * 10);
      expect(waits).toEqual([60, 60, 60, 120, 120]);
      expect(await findRun(own.knex, ids[3] ?? '')).toMatchObject({ state: 'held', fence: 0 });
      clock.advance(61_000);
      // One that came later does not overtake those that wait.
      const late = await start();
      expect(await Promise.all(ids.slice(3, 6).map(take))).toEqual(['taken', 'taken', 'taken']);
      expect(typeof (await take(ids[6] ?? ''))).toBe('number');
      expect(Number(await take(late)) - now).toBeGreaterThan(119_000);
      clock.advance(61_000);
      expect(await Promise.all([ids[6] ?? '', ids[7] ?? '', late].map(take))).toEqual(['taken', 'taken', 'taken']);
    });

    it('counts per key, and gives the place of a cancelled one to the next', async () => {
      const ids = await Promise.all([1, 2, 3, 4].map(() => start({ customer: 'a' })));
      const places = [];
      for (const id of ids) places.push(await take(id));
      expect(places.filter((place) => place === 'taken')).toHaveLength(3);
      expect(await take(await start({ customer: 'b' }))).toBe('taken');
      const held = ids[places.findIndex((place) => place !== 'taken')] ?? '';
      expect(await cancelRun(own.knex, held, clock.now())).toBe('cancelled');
      const next = await take(await start({ customer: 'a' }));
      expect(next).toBe(places.find((place) => place !== 'taken'));
    });

    it('is never passed, however many workers take runs at once', async () => {
      const ids = await Promise.all(Array.from({ length: 30 }, () => start()));
      const stores = [1, 2, 3, 4].map(() => createRunStore({ database: own, clock }));
      for (let round = 0; round < 3; round += 1) {
        const claims = await Promise.all(
          ids.flatMap((id) => stores.map(async (one, n) => one.claim(id, { ...worker, name: `w${n}` }))),
        );
        expect(claims.filter((claim) => claim !== undefined)).toHaveLength(3);
        clock.advance(60_001);
      }
    });
  });

  it('lets runs begin behind any number of others whose limit is reached', async () => {
    const starter = createRunStarter({ clock, database: own });
    const busy = startOf({ concurrency: { limit: 1 } });
    await starter.startAll(
      own.knex,
      Array.from({ length: 150 }, () => busy),
    );
    const two = { id: 'flw_two', concurrency: { limit: 2 } };
    const pairs = [];
    for (const priority of [0, 0, 5, 0]) {
      clock.advance(1);
      pairs.push(await starter.startAlone({ ...startOf(two), priority }));
    }
    const free = [];
    for (let count = 0; count < 3; count += 1) free.push(await starter.startAlone(startOf({ id: 'flw_free' })));
    const played: string[] = [];
    const machine = createWorker({
      database: own,
      store: createRunStore({ database: own, clock }),
      signals: createRunSignals(),
      clock,
      log: createLog('silent'),
      capacity: 8,
      play: (run, signal) =>
        new Promise((resolve) => {
          played.push(run.id);
          signal.addEventListener('abort', () => resolve({ state: 'released' }));
        }),
    });
    machine.start();
    await until(
      () => Promise.resolve(played),
      (ids) => ids.length >= 6,
      3_000,
    );
    // One of the long queue, the most urgent and the oldest of those of which two may be under way, and all others.
    const [oldest, , urgent] = pairs;
    const expected = [urgent, oldest, ...free].map((run) => run?.id);
    expect(played).toEqual(expect.arrayContaining(expected));
    expect(played).toHaveLength(6);
    await machine.stop();
  });

  it('of starts are seen by whoever looks at the runs, which all come to their end', async () => {
    const seen = await startTestServer(kind, { flowActions: extensions });
    const one = await createWorld(seen);
    const { owner } = one.own;
    const { appId, slug } = await publishFlows(one.own, 'Limited', [
      testFlow('limited', [actionStep('echo', 'test/echo', { value: 1 })], {
        rateLimit: { limit: 2, periodMs: 1_500 },
      }),
    ]);
    for (let n = 0; n < 5; n += 1)
      good(
        await owner.call(routes.flows.start, {
          params: { app: slug, flow: 'flw_limited' },
          body: { input: { who: `${n}` }, waitMs: 0 },
        }),
      );
    const list = async () =>
      good(await owner.call(routes.flows.runs, { params: { appId } }))['runs'] as unknown as {
        state: string;
        heldUntil?: number;
        startedAt: number;
      }[];
    const early = await until(list, (runs) => runs.filter(({ state }) => state === 'held').length === 3);
    for (const { heldUntil } of early.filter(({ state }) => state === 'held'))
      expect(heldUntil).toBeGreaterThan(Date.now());
    const ended = await until(list, (runs) => runs.every(({ state }) => state === 'succeeded'));
    const times = ended.map(({ startedAt }) => startedAt).toSorted((a, b) => a - b);
    for (let n = 2; n < times.length; n += 1)
      expect((times[n] ?? 0) - (times[n - 2] ?? 0)).toBeGreaterThanOrEqual(1_500);
    await seen.stop();
  });
});
