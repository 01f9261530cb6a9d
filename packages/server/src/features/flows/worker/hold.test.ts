import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../log.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { storeKinds } from '../../../testing/test-server.ts';
import { openTestStore, type TestStore } from '../../../testing/test-store.ts';
import { createRunSignals } from '../run-signals.ts';
import { createRunStore } from '../run-store.ts';
import { createWorker } from './worker.ts';

describe.each(storeKinds)('a worker that is held on %s', (kind) => {
  let held: TestStore;
  beforeAll(async () => {
    held = await openTestStore(kind);
  });
  afterAll(() => held.stop());

  it('takes nothing until the last hold is over, whatever is announced', async () => {
    const clock = createManualClock();
    const signals = createRunSignals();
    const played: string[] = [];
    const worker = createWorker({
      database: held.database,
      store: createRunStore({ database: held.database, clock }),
      signals,
      clock,
      log: createLog('silent'),
      pollMs: 5,
      play: (run) => {
        played.push(run.id);
        return Promise.resolve({ state: 'waiting', wakeAt: undefined });
      },
    });
    const first = worker.hold();
    const second = worker.hold();
    worker.start();
    const id = await held.addRun();
    signals.announce();
    first();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(played).toEqual([]);
    second();
    await expect.poll(() => played).toHaveLength(1);
    expect(played).toEqual([id]);
    // And it goes on by itself.
    const next = await held.addRun();
    await expect.poll(() => played).toHaveLength(2);
    expect(played).toEqual([id, next]);
    await worker.stop();
  });
});
