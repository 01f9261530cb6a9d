import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Flow } from '@fettle/definition';
import { storeKinds } from '../../testing/test-server.ts';
import { openTestStore, type TestStore } from '../../testing/test-store.ts';
import { saveRetention } from '../flows/control/retention.store.ts';
import { sweepRuns } from './run-retention.ts';

const day = 86_400_000;
const now = Date.parse('2032-05-01T00:00:00Z');

describe.each(storeKinds)('how long runs are kept on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => void (store = await openTestStore(kind)));
  beforeEach(async () => {
    await store.database.knex('flow_run').delete();
    await store.database.knex('flow_draft').delete();
    await keep({});
  });
  afterAll(() => store.stop());

  const keep = (rules: Readonly<Record<string, NonNullable<Flow['retention']>>>) =>
    saveRetention(
      store.database.knex,
      store.appId,
      Object.entries(rules).map(([flow_id, rule]) => ({ flow_id, retention: JSON.stringify(rule) })),
    );
  const ended = (daysAgo: number, facts: Readonly<Record<string, unknown>> = {}) =>
    store.addRun({ state: 'succeeded', fence: 1, finished_at: now - daysAgo * day, ...facts });
  const sweep = (periods = { runDays: 0, trialRunDays: 0 }) =>
    sweepRuns({ database: store.database, clock: { now: () => now }, periods });
  const left = async (table = 'flow_run'): Promise<string[]> =>
    (await store.database.knex(table).pluck(table === 'flow_run' ? 'id' : 'version')) as string[];

  it('is for good unless somebody says otherwise', async () => {
    await ended(5000);
    await ended(5000, { environment: 'development' });
    await sweep();
    expect(await left()).toHaveLength(2);
  });

  it('is as long as the installation says, for trials apart; never before their end', async () => {
    const kept = [
      await ended(9),
      await ended(40, { environment: 'development' }),
      await store.addRun({ created_at: now - 500 * day }),
      await store.addRun({ created_at: now - 500 * day, state: 'waiting', fence: 1 }),
    ];
    await ended(11);
    await ended(51, { environment: 'development' });
    await sweep({ runDays: 10, trialRunDays: 50 });
    expect((await left()).toSorted()).toEqual(kept.toSorted());
  });

  it('is what a flow says, by days and by count, for those that failed apart', async () => {
    await keep({ flw_1: { succeeded: { days: 2 }, failed: { count: 2 } }, flw_2: { succeeded: { days: 30 } } });
    const kept = [
      await ended(1),
      await ended(1, { state: 'failed' }),
      await ended(400, { state: 'failed' }),
      await ended(29, { flow_id: 'flw_2' }),
      await ended(29, { flow_id: 'flw_2', state: 'cancelled' }),
      // What the flow does not say stays as the installation has it.
      await ended(9, { flow_id: 'flw_2', state: 'failed' }),
    ];
    await ended(3);
    await ended(3, { state: 'cancelled' });
    await ended(401, { state: 'failed' });
    await ended(31, { flow_id: 'flw_2' });
    await ended(11, { flow_id: 'flw_2', state: 'failed' });
    await sweep({ runDays: 10, trialRunDays: 0 });
    expect((await left()).toSorted()).toEqual(kept.toSorted());
  });

  it('goes on while a run under way waits for it, or while a limit of starts counts it', async () => {
    await keep({ flw_1: { succeeded: { count: 1, days: 1 } } });
    const parent = await store.addRun({ state: 'waiting', fence: 1, flow_id: 'flw_2' });
    const child = await ended(10, { parent_id: parent });
    const counted = await ended(1.5, { rate_key: 'k', rate_at: now - day / 2 });
    await ended(10, { rate_key: 'k', rate_at: now - 2 * day });
    await sweep();
    expect((await left()).toSorted()).toEqual([parent, child, counted].toSorted());
    await store.database.knex('flow_run').where({ id: parent }).update({ state: 'failed', finished_at: now });
    await sweep();
    expect((await left()).toSorted()).toEqual([parent, counted].toSorted());
  });

  it('ends for journals of any length with it, in small bites, and leaves time to others', async () => {
    const { knex } = store.database;
    const ids: string[] = [];
    for (let n = 0; n < 250; n += 1) ids.push(await ended(10));
    const entry = (run_id: string, n: number) => ({
      run_id,
      path: `stp#${n}`,
      scope: '',
      step_id: 'stp',
      state: 'succeeded',
      started_at: n,
      position: n,
      entry: '{}',
    });
    for (let at = 0; at < 2_400; at += 200)
      await knex('flow_journal').insert(Array.from({ length: 200 }, (_, n) => entry(ids[0] ?? '', at + n)));
    await knex('flow_journal').insert(ids.map((id) => entry(id, 9_999)));
    await knex('flow_value').insert({ run_id: ids[7], hash: 'h', value: 'v' });
    let longest = 0;
    let isDone = false;
    const others = (async () => {
      while (!isDone) {
        const began = performance.now();
        await knex('app').first('id');
        longest = Math.max(longest, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    await sweep({ runDays: 5, trialRunDays: 0 });
    isDone = true;
    await others;
    expect([await left(), (await knex('flow_journal')).length, (await knex('flow_value')).length]).toEqual([[], 0, 0]);
    expect(longest).toBeLessThan(400);
  });

  it('ends for drafts when no run needs them any more', async () => {
    const draft = (version: string, daysAgo: number) =>
      store.database
        .knex('flow_draft')
        .insert({ app_id: store.appId, version, content: '{}', created_at: now - daysAgo * day });
    await draft('draft-1', 10);
    await draft('draft-2', 10);
    await draft('draft-3', 0.5);
    await ended(1, { environment: 'development', version: 'draft-2' });
    await sweep({ runDays: 0, trialRunDays: 30 });
    expect((await left('flow_draft')).toSorted()).toEqual(['draft-2', 'draft-3']);
  });
});
