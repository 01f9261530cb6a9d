import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type FlowPause } from '@fettle/contract';
import { createTestActions } from '../../../testing/test-actions.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { actionStep, publishFlows, testFlow, until } from '../../../testing/test-flows.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, signIn, type TestWorld } from '../../../testing/test-world.ts';

const { flows } = routes;
const note = [actionStep('note', 'test/effect', { value: '{{ trigger.who }}' })];
const hook = (id: string, settings: object = {}) =>
  testFlow(id, [actionStep('note', 'test/effect', { value: '{{ trigger.body }}' })], {
    trigger: { type: 'core/webhook', settings: { auth: 'none', path: id, ...settings } },
  });

describe.each([...storeKinds, 'processes apart'] as const)('paused flows on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  const clock = createManualClock();
  let server: TestServer;
  let world: TestWorld;
  let owner: TestClient;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    // The third: one process takes starts, another plays them.
    const environment: Record<string, string> = kind === 'processes apart' ? { FETTLE_ROLE: 'server' } : {};
    const store = kind === 'processes apart' ? 'postgres' : kind;
    server = await startTestServer(store, { flowActions: extensions, environment, clock });
    world = await createWorld(server);
    if (kind === 'processes apart') await server.startAnother({ FETTLE_ROLE: 'worker' });
    ({ owner } = world.own);
    ({ appId, slug } = await publishFlows(world.own, 'Paused', [
      testFlow('note', note),
      testFlow('slow', [actionStep('slow', 'test/effect', { value: '{{ trigger.who }}', ms: 700 })]),
      testFlow('slower', [actionStep('slow', 'test/effect', { value: '{{ trigger.who }}', ms: 3_000 })]),
      testFlow('parent', [
        { id: 'stp_sub', name: 'sub', kind: 'subFlow', flow: 'flw_note', mode: 'call', input: { who: 'child' } },
      ]),
      hook('hooked', { reply: 'wait', timeoutSeconds: 30 }),
      testFlow('tick', note, {
        trigger: { type: 'core/schedule', settings: { expression: '0 * * * *', catchUp: 'all', catchUpLimit: 10 } },
      }),
    ]));
  });
  beforeEach(() => void effects.splice(0));
  afterAll(() => server.stop());

  const start = (id: string, who: string, waitMs = 5_000, client = owner) =>
    client.call(flows.start, { params: { app: slug, flow: `flw_${id}` }, body: { input: { who }, waitMs } });
  const pause = (id: string, how: object = {}, client = owner) =>
    client.call(flows.pause, { params: { appId, flow: `flw_${id}` }, body: { environment: 'production', ...how } });
  const resume = (id: string, client = owner) =>
    client.call(flows.resume, { params: { appId, flow: `flw_${id}` }, body: { environment: 'production' } });
  const pauses = async () =>
    good(await owner.call(flows.pauses, { params: { appId } }))['pauses'] as unknown as FlowPause[];
  const stateOf = async (run: string) =>
    (good(await owner.call(flows.run, { params: { appId, run } }))['run'] as unknown as { state: string }).state;
  const list = (id: string) => async () => {
    const reply = await owner.call(flows.runs, { params: { appId }, query: { flow: `flw_${id}`, limit: 100 } });
    return (good(reply)['runs'] as unknown as { state: string }[]).map(({ state }) => state);
  };
  const runOf = (body: unknown) => (body as { run: { id: string; state: string } }).run;

  it('keep starts and begin them in their order when they are resumed', async () => {
    good(await pause('note', { note: 'The CRM is down' }));
    expect(await pauses()).toMatchObject([
      { flow: 'flw_note', environment: 'production', pausedBy: 'owner@one.test', note: 'The CRM is down', held: 0 },
    ]);
    const began = Date.now();
    const run = runOf(good(await start('note', 'first')));
    // Nobody is kept waiting for what may begin tomorrow.
    expect([run.state, Date.now() - began < 3_000]).toEqual(['held', true]);
    await start('note', 'second');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([effects.length, await stateOf(run.id), (await pauses())[0]?.held]).toEqual([0, 'held', 2]);
    expect(good(await resume('note'))).toEqual({ released: 2 });
    await until(
      () => Promise.resolve(effects.map(({ value }) => value)),
      ({ length }) => length === 2,
    );
    await until(
      () => stateOf(run.id),
      (state) => state === 'succeeded',
    );
    expect([await pauses(), good(await resume('note'))]).toEqual([[], { released: 0 }]);
    expect(runOf(good(await start('note', 'third'))).state).toBe('succeeded');
  });

  it('let what is under way end, and hold what another flow calls', async () => {
    const slow = runOf(good(await start('slow', 'under way', 0)));
    await until(
      () => stateOf(slow.id),
      (state) => state === 'running',
    );
    good(await pause('slow'));
    good(await pause('note'));
    const parent = runOf(good(await start('parent', 'x', 0)));
    await until(
      () => stateOf(slow.id),
      (state) => state === 'succeeded',
    );
    await until(
      () => stateOf(parent.id),
      (state) => state === 'waiting',
    );
    expect(effects.map(({ value }) => value)).toEqual(['under way']);
    good(await resume('slow'));
    good(await resume('note'));
    await until(
      () => stateOf(parent.id),
      (state) => state === 'succeeded',
    );
  });

  it('hold runs that were queued already', async () => {
    const busy = await Promise.all(Array.from({ length: 40 }, (_, n) => start('slower', `busy ${n}`, 0)));
    good(await pause('slower'));
    await until(list('slower'), (states) => states.every((state) => state !== 'running' && state !== 'queued'));
    const begun = effects.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([effects.length, begun < busy.length]).toEqual([begun, true]);
    good(await resume('slower'));
    await until(list('slower'), (states) => states.every((state) => state === 'succeeded'));
    expect(new Set(effects.map(({ value }) => value)).size).toBe(busy.length);
  });

  it('answer webhooks with 202 at once, or refuse them with 503', async () => {
    const call = () =>
      server.client().send('POST', `/api/hooks/${slug}/hooked`, {
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
    good(await pause('hooked'));
    const began = Date.now();
    const kept = await call();
    expect([kept.status, Date.now() - began < 3_000]).toEqual([202, true]);
    good(await pause('hooked', { refuses: true }));
    const refused = await call();
    expect([refused.status, refused.body['code']]).toEqual([503, 'flow.paused']);
    good(await resume('hooked'));
    await until(
      () => Promise.resolve(effects.length),
      (count) => count === 1,
    );
    expect((await call()).status).toBeLessThan(300);
  });

  it('refuse apps that are told so, once the same request is unknown', async () => {
    good(await pause('note', { refuses: true }));
    const refused = await start('note', 'x');
    expect([refused.status, refused.body['code']]).toEqual([503, 'flow.paused']);
    good(await resume('note'));
  });

  it('make no ticks, and make up for them when they are resumed, as the schedule says', async () => {
    good(await pause('tick'));
    clock.advance(3 * 3_600_000);
    owner = await signIn(server, 'owner@one.test');
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(await list('tick')()).toEqual([]);
    good(await resume('tick'));
    expect(
      await until(list('tick'), (states) => states.length >= 3 && states.every((one) => one === 'succeeded')),
    ).toHaveLength(3);
  });

  it('are paused by those who operate flows, and by nobody else', async () => {
    const member = await signIn(server, 'member@one.test');
    const other = await signIn(server, 'owner@two.test');
    expect([(await pause('note', {}, member)).status, (await resume('note', member)).status]).toEqual([403, 403]);
    expect((await pause('note', {}, other)).status).toBe(404);
    expect((await pause('none')).body['code']).toBe('flow.unknown');
    const { entries } = good(
      await owner.call(routes.workspaces.audit, { params: { workspaceId: world.own.workspaceId } }),
    ) as unknown as { entries: { action: string; details: object }[] };
    const acts = entries.filter(({ action }) => action.startsWith('flow.')).map(({ action }) => action);
    expect(acts).toEqual(expect.arrayContaining(['flow.pause', 'flow.pause-changed', 'flow.resume']));
  });
});
