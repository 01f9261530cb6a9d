import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bug } from '@fettle/base';
import { Pool } from './pool.ts';

const calm = { signal: new AbortController().signal, timeoutMs: 5000 };

function countingPool(
  options: { readonly max?: number; readonly idleTimeoutMs?: number; readonly fails?: () => boolean } = {},
) {
  const state = { opened: 0, closed: 0 };
  const pool = new Pool<{ number: number }>({
    open: async () => {
      if (options.fails?.() === true) throw bug('It does not open.');
      state.opened += 1;
      return { number: state.opened };
    },
    close: () => void (state.closed += 1),
    limits: {
      maxConnections: options.max ?? 2,
      idleTimeoutMs: options.idleTimeoutMs ?? 10_000,
      connectTimeoutMs: 1000,
    },
  });
  return { pool, state };
}

describe('Pool', () => {
  it('opens when needed, at most its maximum, and shares in turn', async () => {
    const { pool, state } = countingPool();
    expect(state.opened).toBe(0);
    const [one, two] = await Promise.all([pool.acquire(calm), pool.acquire(calm)]);
    const waiting = pool.acquire(calm);
    await wait(5);
    expect(state.opened).toBe(2);
    pool.release(one as { number: number });
    expect(await waiting).toBe(one);
    pool.release(two as { number: number });
    expect(pool.take()).toBe(two);
    await pool.close();
  });

  it('replaces a broken connection for those who wait', async () => {
    const { pool, state } = countingPool({ max: 1 });
    const one = await pool.acquire(calm);
    const waiting = pool.acquire(calm);
    pool.release(one, true);
    expect((await waiting).number).toBe(2);
    expect(state.closed).toBe(1);
    await pool.close();
  });

  it('ends waiting with the limits of the call', async () => {
    const { pool } = countingPool({ max: 1 });
    const one = await pool.acquire(calm);
    await expect(pool.acquire({ ...calm, timeoutMs: 30 })).rejects.toMatchObject({ kind: 'timeout' });
    const abort = new AbortController();
    const waiting = pool.acquire({ signal: abort.signal, timeoutMs: 5000 });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'data.cancelled' });
    pool.release(one);
    expect(await pool.acquire(calm)).toBe(one);
    await pool.close();
  });

  it('tells everybody when it cannot open, and tries again later', async () => {
    let fails = true;
    const { pool } = countingPool({ max: 1, fails: () => fails });
    const both = await Promise.allSettled([pool.acquire(calm), pool.acquire(calm)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect((await pool.acquire(calm)).number).toBe(1);
    expect(pool.size).toBe(1);
    await pool.close();
  });

  it('closes what has been idle for long', async () => {
    const { pool, state } = countingPool({ idleTimeoutMs: 40 });
    pool.release(await pool.acquire(calm));
    await wait(200);
    expect(state.closed).toBe(1);
    expect(pool.size).toBe(0);
    await pool.close();
  });

  it('refuses waiting callers when it is closed', async () => {
    const { pool } = countingPool({ max: 1 });
    await pool.acquire(calm);
    const waiting = expect(pool.acquire(calm)).rejects.toMatchObject({ kind: 'unavailable' });
    await pool.close();
    await waiting;
  });
});
