import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

const limits = { concurrency: 2, queue: 2, waitMs: 50 };

function deferred() {
  let finish: () => void = () => undefined;
  const promise = new Promise<string>((resolve) => {
    finish = () => resolve('done');
  });
  return { promise, finish };
}

describe('a bulkhead', () => {
  it('starts calls at once while there is room, then in turn', async () => {
    const gate = new Gate(limits);
    const started: number[] = [];
    const calls = Array.from({ length: 4 }, deferred);
    const results = calls.map(({ promise }, index) =>
      gate.run(() => {
        started.push(index);
        return promise;
      }),
    );
    expect(started).toEqual([0, 1]);
    calls[1]?.finish();
    await results[1];
    expect(started).toEqual([0, 1, 2]);
    calls.forEach(({ finish }) => finish());
    expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
    expect(gate.load).toBe(0);
  });

  it('refuses at once when its queue is full, and those who waited too long', async () => {
    const gate = new Gate(limits);
    const { promise, finish } = deferred();
    const running = [gate.run(() => promise), gate.run(() => promise)];
    const waiting = [gate.run(() => promise), gate.run(() => promise)];
    await expect(gate.run(() => promise)).rejects.toMatchObject({ kind: 'unavailable', code: 'data.busy' });
    for (const call of waiting) await expect(call).rejects.toMatchObject({ code: 'data.busy' });
    finish();
    expect(await Promise.all(running)).toEqual(['done', 'done']);
  });

  it('frees the place of a call that fails, also at once, and cleans its error', async () => {
    const gate = new Gate({ ...limits, concurrency: 1 }, () => new RangeError('clean'));
    await expect(gate.run(() => Promise.reject(new TypeError('dirty')))).rejects.toThrow('clean');
    await expect(
      gate.run(() => {
        throw new TypeError('dirty');
      }),
    ).rejects.toThrow('clean');
    expect(await gate.run(async () => 'next')).toBe('next');
    const leave = await gate.enter();
    expect(gate.load).toBe(1);
    leave();
    await new Promise((resolve) => setImmediate(resolve));
    expect(gate.load).toBe(0);
  });
});
