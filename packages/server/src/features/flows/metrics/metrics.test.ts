import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type FlowHealth } from '@fettle/contract';
import { createTestActions } from '../../../testing/test-actions.ts';
import { actionStep, publishFlows, testFlow, until } from '../../../testing/test-flows.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { openTestStore } from '../../../testing/test-store.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';
import { createLog } from '../../../log.ts';
import { Histogram } from './histogram.ts';
import { deleteMetrics, listMetrics } from './metrics.store.ts';
import { createRunCounts } from './run-counts.ts';

const { flows, flowHealth } = routes;
const token = 'a-token-for-those-who-watch';

describe.each(storeKinds)('numbers of flows on %s', (kind) => {
  const { extensions } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  let slug: string;
  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions, environment: { FETTLE_METRICS_TOKEN: token } });
    world = await createWorld(server);
    ({ appId, slug } = await publishFlows(world.own, 'Numbers', [
      testFlow('fine', [actionStep('note', 'test/effect', { value: 1, ms: 120 })]),
      testFlow('broken', [actionStep('boom', 'test/fail')]),
      { ...testFlow('rests', []), disabled: true },
      testFlow('asks', [{ id: 'stp_wait', name: 'wait', kind: 'wait', for: { kind: 'duration', duration: '1h' } }]),
    ]));
    for (const id of ['fine', 'fine', 'fine', 'broken'])
      good(
        await world.own.owner.call(flows.start, {
          params: { app: slug, flow: `flw_${id}` },
          body: { input: { who: 'x' }, waitMs: 10_000 },
        }),
      );
    const asked = good(
      await world.own.owner.call(flows.start, {
        params: { app: slug, flow: 'flw_asks' },
        body: { input: { who: 'x' } },
      }),
    )['run'] as unknown as { id: string };
    await until(
      async () => good(await world.own.owner.call(flows.run, { params: { appId, run: asked.id } })),
      (body) => (body['run'] as unknown as { state: string }).state === 'waiting',
    );
    // A trial counts for nobody.
    good(
      await world.own.owner.call(flows.startDraft, {
        params: { appId, flow: 'flw_broken' },
        body: { trigger: {}, isDryRun: true, waitMs: 10_000 },
      }),
    );
  });
  afterAll(() => server.stop());

  const health = async (period: string): Promise<FlowHealth> =>
    good(
      await world.own.owner.call(flowHealth.read, { params: { appId }, query: { period } }),
    ) as unknown as FlowHealth;

  it('are there for every period within seconds, with what waits', async () => {
    const seen = await until(
      () => health('hour'),
      ({ flows: all }) => all.some(({ succeeded }) => succeeded === 3) && all.some(({ failed }) => failed === 1),
    );
    const fine = seen.flows.find(({ flow }) => flow === 'flw_fine');
    expect(fine).toMatchObject({ succeeded: 3, failed: 0, queued: 0, deadLetters: 0 });
    expect(fine?.duration?.p50).toBeGreaterThan(100);
    expect(fine?.duration?.p99).toBeLessThan(5_000);
    expect(fine?.delay?.p95).toBeLessThan(2_000);
    expect(fine?.series).toHaveLength(60);
    expect(fine?.series.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(3);
    expect(seen.flows.find(({ flow }) => flow === 'flw_broken')).toMatchObject({ failed: 1, deadLetters: 1 });
    expect(seen.flows.find(({ flow }) => flow === 'flw_asks')).toMatchObject({ waiting: 1, succeeded: 0 });
    expect(seen.isPublished).toBe(true);
    // A flow that nothing is known of is there all the same.
    expect(seen.flows.find(({ flow }) => flow === 'flw_rests')).toMatchObject({
      name: 'rests',
      isOff: true,
      failed: 0,
    });
    for (const period of ['day', 'week'] as const) {
      const { flows: all, stepMs, since, until: end } = await health(period);
      const same = all.find(({ flow }) => flow === 'flw_fine');
      expect([period, same?.succeeded, same?.series.at(-1)?.succeeded]).toEqual([period, 3, 3]);
      expect(since + stepMs * (same?.series.length ?? 0)).toBeGreaterThanOrEqual(end);
    }
  });

  it('say of an app that was never published that it is not', async () => {
    const made = good(
      await world.own.owner.call(routes.apps.create, {
        params: { workspaceId: world.own.workspaceId },
        body: { name: 'Draft', from: { kind: 'blank' } },
      }),
    )['app'] as unknown as { id: string };
    const seen = good(await world.own.owner.call(flowHealth.read, { params: { appId: made.id } }));
    expect(seen).toMatchObject({ isPublished: false, flows: [] });
  });

  it('are shown to builders only', async () => {
    const status = async (client: typeof world.own.owner) =>
      (await client.call(flowHealth.read, { params: { appId } })).status;
    expect([await status(world.people.member), await status(world.other.owner)]).toEqual([403, 404]);
  });

  it('are read by machines that have the token, in the OpenMetrics format', async () => {
    const ask = (headers: Readonly<Record<string, string>>) => server.client().send('GET', '/api/metrics', { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${token}x` })).status).toBe(401);
    const reply = await ask({ authorization: `Bearer ${token}` });
    expect(reply.status).toBe(200);
    const lines = reply.text.split('\n');
    expect(lines).toContain(
      `fettle_flow_runs_total{app="${slug}",flow="flw_fine",environment="production",state="succeeded"} 3`,
    );
    expect(lines).toContain(
      `fettle_flow_run_duration_seconds_count{app="${slug}",flow="flw_broken",environment="production"} 1`,
    );
    expect(lines).toContain(
      `fettle_flow_queue_runs{app="${slug}",flow="flw_asks",environment="production",state="waiting"} 1`,
    );
    expect(reply.text.endsWith('# EOF\n')).toBe(true);
    // Every line that is not a comment is a name, labels and a number.
    for (const line of lines.filter((one) => one !== '' && !one.startsWith('#')))
      expect(line).toMatch(/^[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.]+$/);
  });

  it('add up over processes, and go when they are old', async () => {
    const store = await openTestStore(kind);
    const { database } = store;
    const clock = { now: () => Date.parse('2031-01-01T10:30:30Z') };
    const run = (ms: number) => ({
      appId: store.appId,
      flowId: 'flw_1',
      environment: 'production' as const,
      state: 'succeeded' as const,
      createdAt: clock.now() - ms - 50,
      startedAt: clock.now() - ms,
      finishedAt: clock.now(),
    });
    const processes = [1, 2].map(() => createRunCounts({ database, clock, log: createLog('silent') }));
    for (const one of processes) {
      one.note(run(100));
      await one.flush();
      one.note(run(4_000));
      await one.flush();
      await one.flush();
    }
    const rows = await listMetrics(database.knex, { appId: store.appId, span: 'minute', since: 0 });
    expect(rows.map(({ succeeded, at }) => [succeeded, at])).toEqual([
      [2, Date.parse('2031-01-01T10:30:00Z')],
      [2, Date.parse('2031-01-01T10:30:00Z')],
    ]);
    const all = new Histogram();
    for (const row of rows) all.merge(Histogram.fromText(row.durations));
    expect([all.count(), all.countUntil(1000)]).toEqual([4, 2]);
    expect(await deleteMetrics(database.knex, 'minute', clock.now() - 60_000, 100)).toBe(0);
    expect(await deleteMetrics(database.knex, 'minute', clock.now() + 60_000, 100)).toBe(2);
    expect(await listMetrics(database.knex, { appId: store.appId, span: 'hour', since: 0 })).toHaveLength(2);
    await store.stop();
  });
});
