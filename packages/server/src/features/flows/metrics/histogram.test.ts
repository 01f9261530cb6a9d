import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

const of = (times: readonly number[]): Histogram => {
  const histogram = new Histogram();
  for (const time of times) histogram.add(time);
  return histogram;
};
const isNear = (seen: number | undefined, expected: number): boolean =>
  seen !== undefined && Math.abs(seen - expected) <= Math.max(1, expected * 0.06);

describe('a histogram of times', () => {
  it('tells percentiles within a few percent, from milliseconds to weeks', () => {
    for (const scale of [1, 37, 1_000, 86_400_000]) {
      const histogram = of(Array.from({ length: 1000 }, (_, n) => (n + 1) * scale));
      for (const share of [0.5, 0.95, 0.99])
        expect([scale, share, isNear(histogram.quantile(share), share * 1000 * scale)]).toEqual([scale, share, true]);
    }
  });
  it('adds up to what one alone would have counted, and survives being text', () => {
    const one = of([1, 5, 900]);
    one.merge(Histogram.fromText(of([0, 5, 70_000]).toText()));
    const all = of([1, 5, 900, 0, 5, 70_000]);
    for (const share of [0.1, 0.5, 0.9, 1]) expect(one.quantile(share)).toBe(all.quantile(share));
    expect([one.count(), one.countUntil(5), isNear(one.total(), 70_911)]).toEqual([6, 4, true]);
  });
  it('says nothing of nothing', () => expect(new Histogram().quantile(0.5)).toBeUndefined());
});
