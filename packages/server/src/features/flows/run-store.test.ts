import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { Flow, FlowStep } from '@fettle/definition';
import { FenceLostError, planFlow, playRun, type ActionHost, type JournalEntry, type PlayEnd } from '@fettle/flow';
import { openDatabase, type Database } from '../../database/database.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { queuedRun } from '../../testing/queued-run.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { makeApp, setUp } from '../../testing/test-world.ts';
import { pageOfEntries } from './journal.store.ts';
import { createRunStarter } from './start-run.ts';
import { createRunStore, type DatabaseRunStore } from './run-store.ts';
import { listDueRuns } from './due-runs.store.ts';
import { insertRun } from './insert-run.store.ts';
import { cancelRun, countByState, extendLeases, findRun, wakeRun, type NewRunRow } from './runs.store.ts';

const worker = (name: string) => ({ name, leaseMs: 10_000 });

describe.each(storeKinds)('the store of runs on %s', (kind) => {
  let server: TestServer;
  let database: Database;
  let clock: ManualClock;
  let store: DatabaseRunStore;
  let workspaceId: string;
  let appId: string;

  beforeAll(async () => {
    server = await startTestServer(kind);
    const world = await setUp(server);
    ({ workspaceId } = world);
    ({ appId } = await makeApp(world.client, workspaceId, 'Flows'));
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 8,
    });
  });
  beforeEach(async () => {
    await database.knex('flow_run').delete();
    clock = createManualClock();
    store = createRunStore({ database, clock });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const queue = async (facts: Partial<NewRunRow> = {}): Promise<string> => {
    const row = queuedRun({ workspaceId, appId }, { trigger: '{"n":7}', created_at: clock.now(), ...facts });
    await insertRun(database.knex, row);
    return row.id;
  };
  const entry = (path: string, facts: Partial<JournalEntry> = {}): JournalEntry => ({
    path,
    scope: '',
    stepId: path,
    name: path,
    kind: 'action',
    state: 'succeeded',
    attempt: 1,
    startedAt: clock.now(),
    ...facts,
  });
  const stateOf = async (id: string) => (await findRun(database.knex, id))?.state;

  it('leaves a run that was started with a claim to its worker, until that is not heard of', async () => {
    const { id, claimed } = await createRunStarter({ clock, database }).start(database.knex, {
      workspaceId,
      appId,
      version: 'rel_1',
      environment: 'production',
      origin: 'app',
      flow: { id: 'flw_1', name: 'f', trigger: { type: 'core/manual', settings: {} }, steps: [] },
      functions: undefined,
      trigger: { n: 1 },
      user: null,
      claim: { worker: 'w1', leaseUntil: clock.now() + 10_000 },
    });
    expect(claimed).toMatchObject({ id, fence: 1, isResumed: false, trigger: { n: 1 } });
    expect(await store.claim(id, worker('w2'))).toBeUndefined();
    expect(
      await extendLeases(database.knex, { worker: 'w1', ids: [id], leaseUntil: clock.now() + 10_000 }),
    ).toHaveLength(1);
    clock.advance(10_001);
    expect(await store.claim(id, worker('w2'))).toMatchObject({ id, fence: 2, isResumed: true });
    await expect(store.commit(id, 1, { entries: [], outcome: { state: 'succeeded', output: 1 } })).rejects.toThrow(
      FenceLostError,
    );
  });

  it('gives a run to one of many workers that ask at once', async () => {
    const id = await queue();
    const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => store.claim(id, worker(`w${n}`))));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(claims.find((claim) => claim !== undefined)).toMatchObject({
      fence: 1,
      isResumed: false,
      trigger: { n: 7 },
    });
  });

  it('refuses the late result of a worker whose run was taken over', async () => {
    const id = await queue();
    const slow = await store.claim(id, worker('slow'));
    expect(await store.claim(id, worker('quick'))).toBeUndefined();
    clock.advance(10_001);
    expect((await listDueRuns(database.knex, clock.now(), 10)).map((run) => run.id)).toEqual([id]);
    const quick = await store.claim(id, worker('quick'));
    expect(quick).toMatchObject({ fence: 2, isResumed: true });
    const late = store.commit(id, slow?.fence ?? 0, { entries: [entry('stp_a', { output: 'late' })] });
    await expect(late).rejects.toBeInstanceOf(FenceLostError);
    expect(await store.loadScope(id, '')).toEqual([]);
    await store.commit(id, 2, {
      entries: [entry('stp_a', { output: 'kept' })],
      outcome: { state: 'succeeded', output: 1 },
    });
    expect(await store.loadScope(id, '')).toMatchObject([{ path: 'stp_a', output: 'kept' }]);
  });

  it('never changes a run that has ended', async () => {
    const id = await queue();
    await store.claim(id, worker('w'));
    await store.commit(id, 1, { entries: [], outcome: { state: 'failed', error: { code: 'x', message: 'No.' } } });
    await expect(store.commit(id, 1, { entries: [], outcome: { state: 'succeeded' } })).rejects.toBeInstanceOf(
      FenceLostError,
    );
    expect(await wakeRun(database.knex, id)).toBe(false);
    expect(await cancelRun(database.knex, id, clock.now())).toBe('failed');
    clock.advance(1_000_000);
    expect(await store.claim(id, worker('w'))).toBeUndefined();
    expect(await stateOf(id)).toBe('failed');
  });

  it('keeps a lease as long as it is extended, and tells of a wish to cancel', async () => {
    const id = await queue();
    await store.claim(id, worker('w'));
    clock.advance(9_000);
    const extend = (name: string) =>
      extendLeases(database.knex, { worker: name, ids: [id], leaseUntil: clock.now() + 10_000 });
    expect(await extend('w')).toEqual([{ id, isCancelRequested: false }]);
    expect(await extend('other')).toEqual([]);
    clock.advance(9_000);
    expect(await store.claim(id, worker('other'))).toBeUndefined();
    expect(await cancelRun(database.knex, id, clock.now())).toBe('running');
    expect(await extend('w')).toEqual([{ id, isCancelRequested: true }]);
  });

  it('does not lose a wake-up that comes before the run has gone to sleep', async () => {
    const id = await queue();
    await store.claim(id, worker('w'));
    await wakeRun(database.knex, id);
    await store.commit(id, 1, { entries: [], outcome: { state: 'waiting', wakeAt: undefined } });
    expect(await stateOf(id)).toBe('queued');
    await store.claim(id, worker('w'));
    await store.commit(id, 2, { entries: [], outcome: { state: 'waiting', wakeAt: clock.now() + 5_000 } });
    expect(await store.claim(id, worker('w'))).toBeUndefined();
    clock.advance(5_001);
    expect(await store.claim(id, worker('w'))).toMatchObject({ fence: 3 });
  });

  it('starts once for a trigger that is told twice', async () => {
    await queue({ dedupe_key: 'hook 1' });
    await queue({ dedupe_key: 'hook 1' });
    await queue({ dedupe_key: 'hook 1', flow_id: 'flw_2' });
    await queue();
    await queue();
    expect(await countByState(database.knex, workspaceId)).toEqual({ queued: 4 });
  });

  it('holds to the limit of runs under way, across workers', async () => {
    const limited = { concurrency_key: `${appId} flw_1`, concurrency_limit: 2 };
    const ids = await Promise.all(Array.from({ length: 6 }, () => queue(limited)));
    const claims = await Promise.all(ids.map((id, n) => store.claim(id, worker(`w${n}`))));
    const held = claims.filter((claim) => claim !== undefined);
    expect(held).toHaveLength(2);
    await store.commit(held[0]?.id ?? '', 1, {
      entries: [],
      outcome: { state: 'waiting', wakeAt: clock.now() + 60_000 },
    });
    const free = ids.find((id) => !held.some((claim) => claim.id === id)) ?? '';
    expect(await store.claim(free, worker('w'))).toBeUndefined();
    await store.commit(held[1]?.id ?? '', 1, { entries: [], outcome: { state: 'succeeded' } });
    expect(await store.claim(free, worker('w'))).toMatchObject({ id: free });
  });

  it('takes urgent runs first, then the oldest', async () => {
    const first = await queue({ created_at: 1 });
    const second = await queue({ created_at: 2 });
    const urgent = await queue({ created_at: 3, priority: 5 });
    expect((await listDueRuns(database.knex, clock.now(), 10)).map((run) => run.id)).toEqual([urgent, first, second]);
  });

  it('keeps large values by reference, and gives them back whole', async () => {
    const id = await queue();
    await store.claim(id, worker('w'));
    const large = Array.from({ length: 20_000 }, (_, n) => ({ n }));
    await store.commit(id, 1, {
      entries: [entry('stp_a', { output: large, input: 'small' }), entry('stp_b', { input: large })],
    });
    const [row] = (await database.knex('flow_journal').where({ run_id: id, path: 'stp_a' })) as { entry: string }[];
    expect(row?.entry.length).toBeLessThan(1_000);
    expect(await database.knex('flow_value').where({ run_id: id })).toHaveLength(1);
    expect(await store.loadScope(id, '')).toMatchObject([
      { path: 'stp_a', output: large, input: 'small' },
      { path: 'stp_b', input: large },
    ]);
  });

  it('cancels at once what no worker holds', async () => {
    const id = await queue();
    expect(await cancelRun(database.knex, id, clock.now())).toBe('cancelled');
    expect(await store.claim(id, worker('w'))).toBeUndefined();
  });

  it('wakes the parent in the transaction in which the child ends', async () => {
    const parent = await queue();
    await store.claim(parent, worker('w'));
    await store.commit(parent, 1, { entries: [], outcome: { state: 'waiting', wakeAt: undefined } });
    const child = await queue({ parent_id: parent, parent_path: 'stp_call' });
    await store.claim(child, worker('w'));
    await store.commit(child, 1, { entries: [], outcome: { state: 'succeeded', output: 2 } });
    expect(await stateOf(parent)).toBe('queued');
  });

  it('plays flows to their end through workers that die: each step is recorded once, doubles carry their key', async () => {
    const step = (name: string, value: unknown): FlowStep =>
      ({ id: `stp_${name}`, name, kind: 'action', type: 'test/effect', settings: { value } }) as FlowStep;
    const flow: Flow = {
      id: 'flw_1',
      name: 'main',
      trigger: { type: 'core/manual', settings: {} },
      steps: [
        step('first', '{{ trigger.n }}'),
        {
          id: 'stp_loop',
          name: 'loop',
          kind: 'forEach',
          items: '{{ range(0, 3) }}',
          steps: [step('each', '{{ item }}')],
        },
        {
          id: 'stp_set',
          name: 'keep',
          kind: 'setVariables',
          values: { total: '{{ steps.first.output + steps.loop.output.count }}' },
        },
        { id: 'stp_end', name: 'give', kind: 'return', value: '{{ vars.total }}' },
      ],
    };
    for (let killAt = 0; killAt < 14; killAt += 1) {
      const id = await queue();
      const effects: { key: string; value: Json }[] = [];
      let left = killAt;
      // A worker that is killed writes nothing any more: its promise simply never comes back.
      const death = Promise.withResolvers<'killed'>();
      const maybeDie = (): Promise<void> => {
        left -= 1;
        if (left !== -1) return Promise.resolve();
        death.resolve('killed');
        return new Promise(() => undefined);
      };
      const actions: ActionHost = {
        describe: () => ({ effect: 'outside', timeoutMs: 60_000 }),
        run: async ({ settings, idempotencyKey }) => {
          await maybeDie();
          effects.push({ key: idempotencyKey, value: settings['value'] ?? null });
          await maybeDie();
          return settings['value'] ?? null;
        },
        preview: () => Promise.reject(new TypeError('no dry run')),
      };
      const play = async (name: string): Promise<PlayEnd | 'killed'> => {
        const run = await store.claim(id, worker(name));
        if (run === undefined) throw new TypeError('not due');
        const ended = playRun({
          run,
          plan: planFlow(flow),
          store: { ...store, commit: async (...given) => (await maybeDie(), store.commit(...given)) },
          actions,
          host: undefined as never,
          timer: {
            now: () => clock.now(),
            after: (ms, call) => clearTimeout.bind(undefined, setTimeout(call, ms).unref()),
          },
          signal: new AbortController().signal,
          hash: (text) => createHash('sha256').update(text).digest('hex'),
          env: {},
          onUnexpected: (error) => {
            throw error;
          },
        });
        return name === 'first' ? Promise.race([ended, death.promise]) : ended;
      };
      let end = await play('first');
      if (end === 'killed') {
        clock.advance(10_001);
        end = await play('second');
      }
      expect(end, `killed at ${killAt}`).toEqual({ state: 'succeeded', output: 10 });
      expect(new Set(effects.map(({ key }) => key)).size).toBe(4);
      expect(effects.length).toBeLessThanOrEqual(5);
      const { entries } = await pageOfEntries(database.knex, id, { limit: 100 });
      expect(entries.map(({ path }) => path).toSorted()).toEqual(
        [
          'stp_end',
          'stp_first',
          'stp_loop',
          'stp_loop#0/stp_each',
          'stp_loop#1/stp_each',
          'stp_loop#2/stp_each',
          'stp_set',
        ].toSorted(),
      );
      expect(entries.every(({ state }) => state === 'succeeded')).toBe(true);
    }
  });
});
