import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notFound } from '@fettle/base';
import { routes, type FlowRunHead } from '@fettle/contract';
import { openDatabase, type Database } from '../../../database/database.ts';
import { createTestActions } from '../../../testing/test-actions.ts';
import { actionStep, publishFlows, testFlow, until } from '../../../testing/test-flows.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';
import { createLog } from '../../../log.ts';
import { createRunStarter, largestTrigger } from '../start-run.ts';
import { startsOf } from '../triggers/start-orders.ts';

const { flows, deadLetters } = routes;

describe.each(storeKinds)('dead letters on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let database: Database;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 2,
    });
    const broken = [actionStep('boom', 'test/fail')];
    ({ appId, slug } = await publishFlows(world.own, 'Letters', [
      testFlow('broken', broken),
      testFlow('fine', [actionStep('note', 'test/effect', { value: '{{ trigger.who }}' })]),
      testFlow('late', [actionStep('note', 'test/effect', { value: '{{ trigger.who }}' }), ...broken]),
      testFlow('parent', [
        { id: 'stp_sub', name: 'sub', kind: 'subFlow', flow: 'flw_broken', mode: 'call', input: { who: 'child' } },
      ]),
    ]));
  });
  beforeEach(async () => {
    effects.splice(0);
    await database.knex('flow_run').delete();
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const start = (id: string, who = 'Ada') =>
    world.own.owner.call(flows.start, {
      params: { app: slug, flow: `flw_${id}` },
      body: { input: { who }, waitMs: 10_000 },
    });
  const list = async () =>
    good(await world.own.owner.call(deadLetters.list, { params: { appId } })) as unknown as {
      letters: FlowRunHead[];
      counts: { flow: string; count: number }[];
    };
  const now = () => Date.now() + 1000;

  it('are the runs of the live app that failed, with why', async () => {
    await start('broken');
    await start('fine');
    // The parent fails with its child: that is one thing to do something about, not two.
    await start('parent');
    good(
      await world.own.owner.call(flows.startDraft, {
        params: { appId, flow: 'flw_broken' },
        body: { trigger: {}, waitMs: 10_000 },
      }),
    );
    const { letters, counts } = await list();
    expect(letters.map(({ flowId }) => flowId).toSorted()).toEqual(['flw_broken', 'flw_parent']);
    expect(letters.every(({ error }) => error?.message !== undefined)).toBe(true);
    expect(counts.toSorted((a, b) => a.flow.localeCompare(b.flow))).toEqual([
      { flow: 'flw_broken', count: 1 },
      { flow: 'flw_parent', count: 1 },
    ]);
  });

  it('are started again once, however many people press the button', async () => {
    await start('broken', 'again');
    const [letter] = (await list()).letters;
    const retry = () =>
      world.own.owner.call(deadLetters.retry, { params: { appId }, body: { runs: [letter?.id], until: now() } });
    const replies = await Promise.all([retry(), retry(), retry()]);
    expect(replies.map((reply) => Number(good(reply)['started'])).reduce((sum, one) => sum + one)).toBe(1);
    // The new run fails as well, and is the one dead letter there is. It says which run it repeats.
    const { letters } = await until(list, (seen) => seen.letters.length === 1 && seen.letters[0]?.id !== letter?.id);
    expect(letters).toMatchObject([{ rerunOf: letter?.id, origin: 'retry' }]);
    expect(good(await retry())).toMatchObject({ started: 0, refused: [] });
  });

  it('go on from the step that failed when that is asked for: what came before is not done again', async () => {
    await start('late', 'once');
    const before = effects.length;
    const body = { until: now(), fromFailed: true };
    expect(good(await world.own.owner.call(deadLetters.retry, { params: { appId }, body }))).toMatchObject({
      started: 1,
      refused: [],
    });
    const { letters } = await until(list, (seen) => seen.letters[0]?.rerunOf !== undefined);
    const params = { appId, run: letters[0]?.id ?? '' };
    const { run, entries } = good(await world.own.owner.call(flows.run, { params })) as unknown as {
      run: { rerunFrom?: string };
      entries: { name: string; reusedFrom?: string }[];
    };
    expect(run.rerunFrom).toBe('stp_boom');
    expect(entries.find(({ name }) => name === 'note')?.reusedFrom).toBeDefined();
    expect(effects).toHaveLength(before);
  });

  it('are seen to when the run is played again from elsewhere', async () => {
    await start('broken', 'again');
    const [letter] = (await list()).letters;
    const params = { appId, run: letter?.id ?? '' };
    good(await world.own.owner.call(flows.rerun, { params, body: {} }));
    const { letters } = await until(list, (seen) => seen.letters[0]?.id !== letter?.id && seen.letters.length > 0);
    expect(letters.map(({ rerunOf }) => rerunOf)).toEqual([letter?.id]);
  });

  it('are discarded as far as they had been seen, and stay among the runs', async () => {
    await start('broken', 'one');
    await start('broken', 'two');
    const [newest, oldest] = (await list()).letters;
    const discard = (body: object) => world.own.owner.call(deadLetters.discard, { params: { appId }, body });
    expect(good(await discard({ flow: 'flw_broken', until: oldest?.finishedAt }))).toEqual({ discarded: 1 });
    expect((await list()).letters.map(({ id }) => id)).toEqual([newest?.id]);
    expect(good(await discard({ until: now() }))).toEqual({ discarded: 1 });
    expect(await list()).toEqual({ letters: [], counts: [] });
    const { runs } = good(await world.own.owner.call(flows.runs, { params: { appId } }));
    expect(runs).toHaveLength(2);
  });

  it('say of each what cannot be started again, and retry the others', async () => {
    await start('broken');
    await start('broken');
    const [first] = (await list()).letters;
    await database.knex('flow_run').where({ id: first?.id }).update({ version: 'rel_gone' });
    const body = { until: now() };
    const reply = good(await world.own.owner.call(deadLetters.retry, { params: { appId }, body }));
    expect(reply).toMatchObject({ started: 1, refused: [{ run: first?.id }] });
    const current = { runs: [first?.id], until: now(), version: 'current' };
    expect(good(await world.own.owner.call(deadLetters.retry, { params: { appId }, body: current }))).toMatchObject({
      started: 1,
      refused: [],
    });
  });

  it('hold starts that cannot be played: of flows that are gone, and with more data than a run holds', async () => {
    const order = { workspaceId: world.own.workspaceId, appId, releaseId: 'rel_gone', flowId: 'flw_gone' };
    const content = JSON.stringify([{ ...order, trigger: { row: 1 }, user: null, depth: 0 }]);
    const starts = await startsOf([{ id: 'owe_1', content }], {
      versions: { find: () => Promise.reject(notFound({ code: 'flow.unknown', message: 'gone' })) },
      log: createLog('silent'),
    });
    const starter = createRunStarter({ clock: { now: () => Date.now() }, database });
    const large = {
      ...order,
      version: 'rel_gone',
      environment: 'production' as const,
      origin: 'event' as const,
      flow: testFlow('large', []),
      functions: undefined,
      trigger: { text: 'x'.repeat(largestTrigger) },
      user: null,
    };
    const unreadable = starts.get('owe_1') ?? [];
    await database.transaction((transaction) => starter.startAll(transaction, [...unreadable, large]));
    const { letters } = await list();
    expect(letters.map(({ flowId, error }) => [flowId, error?.code]).toSorted()).toEqual([
      ['flw_gone', 'flow.unreadable'],
      ['flw_large', 'flow.trigger-too-large'],
    ]);
    const kept = (await database.knex('flow_run').where({ flow_id: 'flw_gone' }).first('trigger')) as {
      trigger: string;
    };
    expect(JSON.parse(kept.trigger)).toEqual({ row: 1 });
  });

  it('are nobody else’s business', async () => {
    const body = { until: 0 };
    const by = async (client: typeof world.own.owner) => [
      (await client.call(deadLetters.list, { params: { appId } })).status,
      (await client.call(deadLetters.retry, { params: { appId }, body })).status,
      (await client.call(deadLetters.discard, { params: { appId }, body })).status,
    ];
    expect(await by(world.people.member)).toEqual([403, 403, 403]);
    expect(await by(world.other.owner)).toEqual([404, 404, 404]);
  });
});
