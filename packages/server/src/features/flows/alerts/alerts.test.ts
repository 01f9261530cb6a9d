import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type FlowAlertSettings } from '@fettle/contract';
import type { App, Flow } from '@fettle/definition';
import { upstreamError } from '@fettle/base';
import { createLog } from '../../../log.ts';
import { createManualClock, type ManualClock } from '../../../testing/manual-clock.ts';
import { publishFlows, testFlow } from '../../../testing/test-flows.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { openTestStore, type TestStore } from '../../../testing/test-store.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';
import type { Message } from '../../notifications/notifications.service.ts';
import { createRunStarter } from '../start-run.ts';
import { createAlertEvaluator, type AlertEvaluatorOptions } from './alert-evaluator.ts';
import { insertAlert, listFiring } from './alerts.store.ts';

const minute = 60_000;

describe.each(storeKinds)('alerts about flows on %s', (kind) => {
  let store: TestStore;
  let clock: ManualClock;
  const told: Message[] = [];
  const mails: { to: readonly string[]; subject: string; messageId?: string }[] = [];
  let isMailDown = false;
  const flows: Record<string, Flow> = {
    flw_1: testFlow('1', [], { name: 'import' }),
    flw_2: testFlow('2', []),
    flw_tell: testFlow('tell', []),
  };

  beforeAll(async () => {
    store = await openTestStore(kind);
    const { knex } = store.database;
    await knex('release_content').insert({ hash: 'h', content: '{}' });
    const at = new Date(0).toISOString();
    const release = { number: 1, hash: 'h', note: '', revision: 0, published_at: at, published_by: 'x' };
    await knex('release').insert({ id: 'rel_1', app_id: store.appId, ...release });
    await knex('app').where({ id: store.appId }).update({ live_release_id: 'rel_1' });
  });
  beforeEach(async () => {
    for (const table of ['flow_run', 'flow_alert', 'flow_schedule', 'flow_control'])
      await store.database.knex(table).delete();
    told.splice(0);
    mails.splice(0);
    isMailDown = false;
    clock = createManualClock();
  });
  afterAll(() => store.stop());

  const evaluator = () => {
    const options: AlertEvaluatorOptions = {
      database: store.database,
      clock,
      log: createLog('silent'),
      running: {
        versionOfRelease: () => Promise.resolve({ app: { flows } as unknown as App } as never),
      },
      notifications: {
        findPeople: (_workspace, to) => Promise.resolve(to),
        tell: async (_knex, message) => Promise.resolve(void told.push(message)),
        announce: () => undefined,
      },
      starter: createRunStarter({ clock, database: store.database }),
      sendMail: (mail) => {
        if (isMailDown)
          return Promise.reject(upstreamError({ code: 'mail.refused', message: 'The mail server does not answer.' }));
        mails.push(mail);
        return Promise.resolve({ messageId: 'x' });
      },
      publicUrl: () => 'https://fettle.test',
      announce: () => undefined,
    };
    return createAlertEvaluator(options);
  };
  const add = async (facts: Record<string, unknown>, channels: object = {}) => {
    const now = clock.now();
    const all = { emails: [], people: ['usr_1'], startFlow: null, ...channels };
    const usual = { name: 'A', flow_id: null, count: 3, minutes: 10, is_on: true, problem: null };
    // What ends in the same millisecond as the alert was made is not its matter.
    const times = { created_at: now - 1, looked_until: now - 1, look_at: now };
    const row = { id: 'alt_1', app_id: store.appId, ...usual, ...times, channels: JSON.stringify(all), ...facts };
    await insertAlert(store.database.knex, row as never);
  };
  const ended = (state: string, facts: object = {}) =>
    store.addRun({
      state,
      fence: 1,
      started_at: clock.now(),
      finished_at: clock.now(),
      error: state === 'failed' ? '{"code":"x","message":"The CRM said no."}' : null,
      ...facts,
    });
  /** What everybody was told after some time. */
  const after = async (ms: number, evaluators = [evaluator()]): Promise<string[]> => {
    clock.advance(ms);
    const before = told.length;
    await Promise.all(evaluators.map((one) => one.round()));
    return told.slice(before).map(({ title }) => title);
  };

  it('tell once of a flow that fails, however often, and once when it works again', async () => {
    await add({ kind: 'failure' });
    await ended('failed', { environment: 'development' });
    await ended('failed', { is_dry_run: true });
    expect(await after(40_000)).toEqual([]);
    await ended('failed');
    expect(await after(40_000)).toEqual(['One: import failed']);
    expect(told[0]).toMatchObject({
      to: ['usr_1'],
      kind: 'alert',
      body: 'The CRM said no.',
      link: 'https://fettle.test/w/one/apps/app_1/operations',
    });
    for (let n = 0; n < 20; n += 1) await ended('failed');
    expect([await after(40_000), await after(40_000)]).toEqual([[], []]);
    expect(await listFiring(store.database.knex, ['alt_1'])).toMatchObject([{ flow_id: 'flw_1', count: 21 }]);
    // Another flow is another matter.
    await ended('failed', { flow_id: 'flw_2' });
    expect(await after(40_000)).toEqual(['One: 2 failed']);
    await ended('succeeded');
    expect(await after(40_000)).toEqual(['One: import is fine again']);
    expect(await after(86_400_000)).toEqual([]);
    await ended('failed', { flow_id: 'flw_2' });
    expect(await after(40_000)).toEqual(['One: still: 2 failed']);
  });

  it('are looked at by one of many processes', async () => {
    await add({ kind: 'failure' }, { emails: ['it@one.test'], startFlow: 'flw_tell' });
    await ended('failed');
    const processes = Array.from({ length: 6 }, evaluator);
    expect(await after(40_000, processes)).toEqual(['One: import failed']);
    await Promise.all(processes.map((one) => one.round()));
    expect(mails).toHaveLength(1);
    const runs = (await store.database.knex('flow_run').where({ flow_id: 'flw_tell' })) as { trigger: string }[];
    expect(runs.map(({ trigger }) => JSON.parse(trigger) as unknown)).toMatchObject([
      { state: 'firing', alert: { kind: 'failure' }, flow: { name: 'import' }, count: 1, message: 'The CRM said no.' },
    ]);
  });

  it('never tell a flow of its own failure', async () => {
    await add({ kind: 'failure' }, { startFlow: 'flw_tell', people: [] });
    await ended('failed', { flow_id: 'flw_tell' });
    await after(40_000);
    expect(await store.database.knex('flow_run').where({ flow_id: 'flw_tell', state: 'queued' })).toEqual([]);
  });

  it('send e-mail until a server takes it, as the same message', async () => {
    await add({ kind: 'failure' }, { emails: ['it@one.test', 'boss@one.test'], people: [] });
    await ended('failed');
    isMailDown = true;
    await after(40_000);
    const [alert] = (await store.database.knex('flow_alert')) as { problem: string }[];
    expect([mails.length, alert?.problem]).toEqual([0, 'The mail server does not answer.']);
    isMailDown = false;
    await after(61_000);
    await after(10 * minute);
    expect(mails).toMatchObject([{ to: ['it@one.test', 'boss@one.test'], subject: 'One: import failed' }]);
    expect(mails[0]?.messageId).toMatch(/^<mail_\w+@fettle>$/);
  });

  it('tell of so many failures in a time, and when they stop', async () => {
    await add({ kind: 'failures', flow_id: 'flw_1', count: 3, minutes: 10 });
    await ended('failed');
    await ended('failed');
    await ended('failed', { flow_id: 'flw_2' });
    expect(await after(40_000)).toEqual([]);
    await ended('failed');
    expect(await after(40_000)).toEqual(['One: import failed 3 times in 10 minutes']);
    expect(await after(5 * minute)).toEqual([]);
    expect(await after(10 * minute)).toEqual(['One: import is fine again']);
  });

  it('tell of runs that wait too long to begin, but not of those that are held', async () => {
    await add({ kind: 'slow-queue', minutes: 5 });
    await store.addRun({ created_at: clock.now() });
    await store.addRun({ created_at: clock.now(), state: 'held', flow_id: 'flw_2' });
    expect(await after(4 * minute)).toEqual([]);
    expect(await after(2 * minute)).toEqual(['One: import waits in the queue']);
    await store.database.knex('flow_run').where({ state: 'queued' }).update({ state: 'running', fence: 1 });
    expect(await after(minute)).toEqual(['One: import is fine again']);
  });

  it('tell of runs that take too long', async () => {
    await add({ kind: 'long-duration', minutes: 30 });
    const id = await store.addRun({ state: 'running', fence: 1, started_at: clock.now() });
    expect([await after(29 * minute), await after(3 * minute)]).toEqual([
      [],
      ['One: import takes longer than it should'],
    ]);
    await store.database.knex('flow_run').where({ id }).update({ state: 'succeeded', finished_at: clock.now() });
    expect(await after(minute)).toEqual(['One: import is fine again']);
  });

  it('tell of ticks that started nothing in time, also while nothing was running, but not of paused flows', async () => {
    await add({ kind: 'missed-schedule', minutes: 10 });
    const schedule = { expression: '0 * * * *', timeZone: 'UTC' };
    const row = { app_id: store.appId, flow_id: 'flw_1', environment: 'production', release_id: 'rel_1' };
    const times = { last_at: clock.now(), next_at: null, dropped_from: null, dropped_to: null };
    await store.database.knex('flow_schedule').insert({ ...row, ...times, settings: JSON.stringify(schedule) });
    const tick = async () => {
      const at = Math.floor(clock.now() / (60 * minute)) * 60 * minute;
      const key = `${store.appId} tick ${store.appId} ${new Date(at).toISOString()}`;
      await ended('succeeded', { dedupe_key: key, created_at: at + 300 });
    };
    // Just behind the next full hour.
    clock.advance(60 * minute - (clock.now() % (60 * minute)) + minute);
    await tick();
    expect(await after(15 * minute)).toEqual([]);
    // Three hours without any process.
    expect(await after(3 * 60 * minute)).toEqual(['One: import did not begin when it was due']);
    clock.advance(60 * minute - (clock.now() % (60 * minute)) + minute);
    await tick();
    expect(await after(15 * minute)).toEqual(['One: import is fine again']);
    const paused = { paused_at: clock.now(), paused_by: 'x', pause_refuses: false };
    await store.database
      .knex('flow_control')
      .insert({ app_id: store.appId, flow_id: 'flw_1', environment: 'production', ...paused });
    expect(await after(5 * 60 * minute)).toEqual([]);
  });

  it('say what is wrong with how people are told', async () => {
    await add({ kind: 'failure' }, { startFlow: 'flw_gone' });
    await ended('failed');
    expect(await after(40_000)).toHaveLength(1);
    const [alert] = (await store.database.knex('flow_alert')) as { problem: string }[];
    expect(alert?.problem).toContain('not in the live release');
  });
});

describe.each(storeKinds)('the list of alerts on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
    ({ appId } = await publishFlows(world.own, 'Alerts', [testFlow('one', [])]));
  });
  afterAll(() => server.stop());
  const { list, create, update, remove } = routes.flowAlerts;
  const settings: FlowAlertSettings = {
    name: 'Failures',
    kind: 'failures',
    flow: 'flw_one',
    count: 5,
    minutes: 60,
    isOn: true,
    emails: ['it@one.test'],
    people: [],
    startFlow: null,
  };

  it('is kept by those who operate flows', async () => {
    const { owner } = world.own;
    const params = { appId };
    const { id } = good(await owner.call(create, { params, body: settings })) as unknown as { id: string };
    const changed = { ...settings, name: 'Many failures', isOn: false };
    good(await owner.call(update, { params: { appId, alert: id }, body: changed }));
    expect(good(await owner.call(list, { params }))).toEqual({
      alerts: [{ id, ...changed, firing: [], problem: null }],
      hasMail: false,
    });
    good(await owner.call(remove, { params: { appId, alert: id } }));
    expect((await owner.call(remove, { params: { appId, alert: id } })).body['code']).toBe('flow-alert.unknown');
    const nobody = { ...settings, emails: [] };
    expect((await owner.call(create, { params, body: nobody })).body['code']).toBe('flow-alert.nobody');
    expect((await owner.call(create, { params, body: { ...settings, kind: 'other' } })).status).toBe(400);
  });

  it('is not for others, and one app’s alerts are out of reach of another’s', async () => {
    const { owner } = world.own;
    const { id } = good(await owner.call(create, { params: { appId }, body: settings })) as unknown as { id: string };
    expect((await world.people.member.call(create, { params: { appId }, body: settings })).status).toBe(403);
    const elsewhere = { appId: world.other.appId, alert: id };
    expect((await world.other.owner.call(remove, { params: elsewhere })).status).toBe(404);
    expect((await owner.call(remove, { params: { appId: world.own.appId, alert: id } })).status).toBe(404);
  });
});
