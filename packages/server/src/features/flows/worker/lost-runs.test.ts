import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@fettle/base';
import type { JournalEntry } from '@fettle/flow';
import { createLog } from '../../../log.ts';
import { createManualClock, type ManualClock } from '../../../testing/manual-clock.ts';
import { until } from '../../../testing/test-flows.ts';
import { storeKinds } from '../../../testing/test-server.ts';
import { openTestStore, type TestStore } from '../../../testing/test-store.ts';
import { listDeadLetters } from '../dead-letters/dead-letters.store.ts';
import { listDueRuns, nextDueAt } from '../due-runs.store.ts';
import { createRunSignals } from '../run-signals.ts';
import { createRunStore } from '../run-store.ts';
import { findRun } from '../runs.store.ts';
import { mostLosses } from './unplayable.ts';
import { createWorker, type Play } from './worker.ts';

const leaseMs = 1_000;

describe.each(storeKinds)('a run that its workers lose on %s', (kind) => {
  let held: TestStore;
  let clock: ManualClock;
  beforeAll(async () => {
    held = await openTestStore(kind);
  });
  beforeEach(async () => {
    await held.database.knex('flow_run').delete();
    clock = createManualClock();
  });
  afterAll(() => held.stop());

  const storeOf = () => createRunStore({ database: held.database, clock });
  /** Longer than a run that was lost stays where it is, however often that was. */
  const longest = leaseMs + 60_001;
  /** Takes it as the next worker does once the lease of the one before is over. */
  const take = async (id: string) => {
    clock.advance(longest);
    return storeOf().claim(id, { name: 'w', leaseMs });
  };
  const workerWith = (play: Play) =>
    createWorker({
      database: held.database,
      store: storeOf(),
      signals: createRunSignals(),
      clock,
      log: createLog('silent'),
      leaseMs,
      pollMs: 5,
      play,
    });
  const errorOf = async (id: string) => {
    const row = await findRun(held.database.knex, id);
    return row?.error === null || row === undefined
      ? undefined
      : (JSON.parse(row.error) as { code: string; message: string });
  };
  const entry = (state: JournalEntry['state']): JournalEntry => ({
    path: 'stp_a',
    scope: '',
    stepId: 'stp_a',
    name: 'a',
    kind: 'action',
    state,
    attempt: 1,
    startedAt: 1,
  });

  it('counts what is lost in a row: a step forward begins anew, a step that only begins does not', async () => {
    const id = await held.addRun();
    const losses: (number | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) losses.push((await take(id))?.losses);
    const third = await findRun(held.database.knex, id);
    const store = storeOf();
    await store.commit(id, third?.fence ?? 0, { entries: [entry('started')] });
    losses.push((await take(id))?.losses);
    const fourth = await findRun(held.database.knex, id);
    await store.commit(id, fourth?.fence ?? 0, { entries: [entry('succeeded')] });
    losses.push((await take(id))?.losses);
    expect(losses).toEqual([0, 1, 2, 3, 1]);
  });

  it('is left alone for longer the more often it was lost, so that others get further meanwhile', async () => {
    const id = await held.addRun();
    const store = storeOf();
    const pauses: number[] = [];
    for (let n = 0; n < mostLosses; n += 1) {
      const began = clock.now();
      for (const step of [0, 2000, 5000, 10_000, 20_000, 40_000, 60_000]) {
        clock.advance(began + (n === 0 ? 0 : leaseMs + 1) + step - clock.now());
        const due = await listDueRuns(held.database.knex, clock.now(), 10);
        const claimed = await store.claim(id, { name: 'w', leaseMs });
        // What is listed can be taken, and nothing else can.
        expect(due.length === 1).toBe(claimed !== undefined);
        if (claimed === undefined) continue;
        pauses.push(step);
        break;
      }
      const at = (await nextDueAt(held.database.knex)) ?? Number.NaN;
      const next = [0, 0, 0, 2000, 5000, 10_000, 20_000, 40_000, 60_000, 60_000][n] ?? 0;
      // The clock goes on by itself meanwhile.
      expect(Math.abs(at - (clock.now() + leaseMs + next))).toBeLessThan(1000);
    }
    expect(pauses).toEqual([0, 0, 0, 0, 2000, 5000, 10_000, 20_000, 40_000, 60_000]);
  });

  it('is not counted when a worker gives it back', async () => {
    const id = await held.addRun();
    let played = 0;
    for (let n = 0; n < mostLosses + 2; n += 1) {
      const machine = workerWith(
        (_run, signal) =>
          new Promise((resolve) => {
            played += 1;
            signal.addEventListener('abort', () => resolve({ state: 'released' }));
          }),
      );
      machine.start();
      await until(
        () => Promise.resolve(played),
        (count) => count > n,
      );
      await machine.stop();
    }
    expect((await take(id))?.losses).toBe(0);
  });

  it('is given up when as many workers were lost as is allowed, and not played again', async () => {
    const id = await held.addRun();
    for (let n = 0; n < mostLosses; n += 1) await take(id);
    clock.advance(longest);
    let played = 0;
    const machine = workerWith(() => {
      played += 1;
      return Promise.reject(new Error('never'));
    });
    machine.start();
    const error = await until(
      () => errorOf(id),
      (found) => found !== undefined,
    );
    await machine.stop();
    expect([played, error?.code]).toEqual([0, 'flow.worker-lost']);
    expect(await listDeadLetters(held.database.knex, { appId: held.appId, limit: 5 })).toMatchObject([{ id }]);
  });

  it('is given up with the reason when it cannot be played again and again; inner errors stay in the log', async () => {
    for (const [thrown, text] of [
      [
        new AppError('upstream', { code: 'x', message: 'The release cannot be read.' }),
        'in a row: The release cannot be read.',
      ],
      [new TypeError('secret of the inside'), 'in a row.'],
    ] as const) {
      const id = await held.addRun();
      let played = 0;
      const machine = workerWith(() => {
        played += 1;
        return Promise.reject(thrown);
      });
      machine.start();
      const error = await until(
        () => {
          clock.advance(longest);
          return errorOf(id);
        },
        (found) => found !== undefined,
      );
      await machine.stop();
      expect(played).toBe(mostLosses);
      expect(error?.code).toBe('flow.unplayable');
      expect(error?.message.endsWith(text)).toBe(true);
    }
  });
});
