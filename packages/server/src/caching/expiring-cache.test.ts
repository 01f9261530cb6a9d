import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createExpiringCache } from './expiring-cache.ts';

const make = () => {
  const clock = createManualClock();
  return { clock, cache: createExpiringCache<string>({ clock, maxAgeMs: 1_000, maxEntries: 3 }) };
};

describe('an expiring cache', () => {
  it('loads once for all that ask at the same time, and again when the value is old', async () => {
    const { clock, cache } = make();
    let loads = 0;
    const load = async (): Promise<string> => `value ${(loads += 1)}`;
    expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual(['value 1', 'value 1']);
    expect(cache.peek('a')).toBe('value 1');
    clock.advance(1_000);
    expect(cache.peek('a')).toBeUndefined();
    expect(await cache.get('a', load)).toBe('value 2');
  });

  it('never answers a value whose loading began before it was forgotten', async () => {
    const { cache } = make();
    let finish: (value: string) => void = () => undefined;
    const early = cache.get('a', () => new Promise<string>((resolve) => (finish = resolve)));
    cache.forget('a');
    const late = cache.get('a', async () => 'new');
    finish('old');
    expect(await early).toBe('old');
    expect(await late).toBe('new');
    expect(cache.peek('a')).toBe('new');
  });

  it('forgets what is being loaded along with what matches', async () => {
    const { cache } = make();
    await cache.get('a', async () => 'apple');
    await cache.get('b', async () => 'bean');
    cache.forgetWhere((value) => value === 'apple');
    expect([cache.peek('a'), cache.peek('b')]).toEqual([undefined, 'bean']);
  });

  it('keeps no failure and no more than it may', async () => {
    const { cache } = make();
    await expect(cache.get('a', () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => 'yes')).toBe('yes');
    for (const key of ['b', 'c', 'd']) await cache.get(key, async () => key);
    expect([cache.peek('a'), cache.peek('d')]).toEqual([undefined, 'd']);
  });
});
