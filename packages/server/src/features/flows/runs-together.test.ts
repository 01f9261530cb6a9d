import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '@fettle/flow';
import { openDatabase, type Database } from '../../database/database.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { makeApp, setUp } from '../../testing/test-world.ts';
import { testFlow } from '../../testing/test-flows.ts';
import { savePause } from './control/control.store.ts';
import { createRunStarter, type RunStart, type StartedRow } from './start-run.ts';
import { createRunStore } from './run-store.ts';
import { findRun } from './runs.store.ts';

const count = 60;
const each = Array.from({ length: count }, (_, index) => index);

// On PostgreSQL what many ask for in the same moment is one statement: whoever comes must not notice.
describe.each(storeKinds)('runs that start and end in the same moment on %s', (kind) => {
  const clock = createManualClock();
  let server: TestServer;
  let database: Database;
  let place: Pick<RunStart, 'workspaceId' | 'appId'>;

  beforeAll(async () => {
    server = await startTestServer(kind);
    const world = await setUp(server);
    const { appId } = await makeApp(world.client, world.workspaceId, 'Flows');
    place = { workspaceId: world.workspaceId, appId };
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 8,
    });
  });
  beforeEach(async () => {
    await database.knex('flow_run').delete();
    await database.knex('flow_control').delete();
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const startOf = (index: number, facts: Partial<RunStart> = {}): RunStart => ({
    ...place,
    version: 'rel_1',
    environment: 'production',
    origin: 'webhook',
    flow: testFlow('main', []),
    functions: undefined,
    trigger: { index, text: 'ä "quoted" \\ \u0000 \ud800' },
    user: null,
    claim: { worker: 'w1', leaseUntil: clock.now() + 10_000 },
    ...facts,
  });
  const startMany = async (facts: (index: number) => Partial<RunStart> = () => ({})) => {
    const starter = createRunStarter({ clock, database });
    return Promise.allSettled(each.map((index) => starter.startAlone(startOf(index, facts(index)))));
  };
  const started = (outcomes: readonly PromiseSettledResult<StartedRow>[]): readonly StartedRow[] =>
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));

  it('are stored each as it was started', async () => {
    const runs = started(await startMany());
    expect(runs).toHaveLength(count);
    for (const [index, run] of runs.entries()) {
      expect(run).toMatchObject({ isNew: true, isHeld: false, claimed: { fence: 1, trigger: { index } } });
      const row = await findRun(database.knex, run.id);
      expect(row).toMatchObject({
        state: 'running',
        claimed_by: 'w1',
        fence: 1,
        started_at: expect.any(Number) as number,
        vars: '{}',
      });
      expect(JSON.parse(row?.trigger ?? '')).toMatchObject({ index, text: 'ä "quoted" \\ \u0000 \ud800' });
    }
  });

  it('start once for the same key', async () => {
    const runs = started(await startMany((index) => ({ dedupeKey: `order ${index % 3}` })));
    expect(runs).toHaveLength(count);
    expect(runs.filter(({ isNew }) => isNew)).toHaveLength(3);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(3);
  });

  it('do not suffer from one that cannot be stored', async () => {
    const outcomes = await startMany((index) => (index === 20 ? { version: 'rel\u0000' } : {}));
    expect(started(outcomes)).toHaveLength(kind === 'sqlite' ? count : count - 1);
    expect(await database.knex('flow_run').count({ count: '*' })).toMatchObject([
      { count: kind === 'sqlite' ? count : String(count - 1) },
    ]);
  });

  it('are held or refused where their flow is paused, and the others are not', async () => {
    const pause = { paused_at: clock.now(), paused_by: null, pause_note: null };
    const at = (flow: string) => ({ app_id: place.appId, flow_id: flow, environment: 'production' as const });
    await savePause(database.knex, at('flw_held'), { ...pause, pause_refuses: false });
    await savePause(database.knex, at('flw_refused'), { ...pause, pause_refuses: true });
    const flows = ['main', 'held', 'refused'].map((name) => testFlow(name, []));
    const outcomes = await startMany((index) => ({ flow: flows[index % 3] as RunStart['flow'], mayBeRefused: true }));
    const kinds = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code?: string }).code : outcome.value.isHeld,
    );
    expect(kinds).toEqual(each.map((index) => [false, true, 'flow.paused'][index % 3]));
    const held = await database.knex('flow_run').where({ flow_id: 'flw_held' });
    expect(held).toHaveLength(count / 3);
    for (const row of held)
      expect(row).toMatchObject({ state: 'held', claimed_by: null, lease_until: null, started_at: null });
    expect(await database.knex('flow_run').where({ flow_id: 'flw_refused' })).toEqual([]);
  });

  it('end each with its own journal, wake who waits, and are refused where they are not held', async () => {
    const store = createRunStore({ database, clock });
    const parents = started(await startMany());
    await Promise.all(
      parents.map(({ id }) => store.commit(id, 1, { entries: [], outcome: { state: 'waiting', wakeAt: undefined } })),
    );
    const runs = started(
      await startMany((index) => ({
        // Two of them wait for each: a child that ends does not depend on which other ends with it.
        parent: { id: parents[index % 30]?.id ?? '', path: 'stp_call', depth: 1, isAwaited: true },
      })),
    );
    const ends = await Promise.allSettled(
      runs.map(({ id }, index) =>
        store.commit(id, index === 7 ? 9 : 1, {
          entries: index % 2 === 0 ? [entry(index)] : [],
          vars: { index },
          outcome:
            index % 5 === 0
              ? { state: 'failed', error: { code: 'test.no', message: `No ${index}` } }
              : { state: 'succeeded', output: { index } },
        }),
      ),
    );
    expect(ends.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([7]);
    for (const [index, { id }] of runs.entries()) {
      const row = await findRun(database.knex, id);
      if (index === 7) {
        expect(row).toMatchObject({ state: 'running', output: null, finished_at: null });
        continue;
      }
      expect(row).toMatchObject({
        finished_at: expect.any(Number) as number,
        claimed_by: null,
        vars: JSON.stringify({ index }),
      });
      if (index % 5 === 0) expect(row).toMatchObject({ state: 'failed', output: null });
      else expect(row).toMatchObject({ state: 'succeeded', output: JSON.stringify({ index }), error: null });
      const scope = await store.loadScope(id, '');
      expect(scope.map(({ output }) => output)).toEqual(index % 2 === 0 ? [`Line ${index}`] : []);
    }
    const states = await Promise.all(parents.map(async ({ id }) => (await findRun(database.knex, id))?.state));
    expect(states).toEqual(each.map((index) => (index < 30 ? 'queued' : 'waiting')));
  });

  const entry = (index: number): JournalEntry => ({
    path: 'stp_note',
    scope: '',
    stepId: 'stp_note',
    name: 'note',
    kind: 'action',
    state: 'succeeded',
    attempt: 1,
    startedAt: clock.now(),
    finishedAt: clock.now(),
    output: `Line ${index}`,
  });
});
