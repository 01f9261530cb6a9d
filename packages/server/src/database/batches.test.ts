import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createBatches } from './batches.ts';

/** Doubles numbers, and keeps what was asked of it at a time. A batch with 13 in it is refused, one with 14 breaks off. */
function createDoubler(most = 100) {
  const asked: (readonly number[])[] = [];
  const answer = async (items: readonly number[]): Promise<readonly number[]> => {
    asked.push(items);
    await pause(5);
    if (items.includes(13)) throw Object.assign(new Error('refused'), { code: '23505' });
    if (items.includes(14)) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    return items.map((item) => item * 2);
  };
  const double = createBatches({
    alone: async (item: number) => (await answer([item]))[0] as number,
    together: answer,
    most,
  });
  return { asked, double };
}

describe('what is done in batches', () => {
  it('is begun at once, and together what comes meanwhile; each gets its own answer', async () => {
    const { asked, double } = createDoubler();
    expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
    expect(asked).toEqual([[1], [2, 3, 4]]);
    expect(await double(5)).toBe(10);
  });

  it('keeps to the size of a batch', async () => {
    const { asked, double } = createDoubler(2);
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
    expect(asked).toEqual([[1], [2, 3], [4, 5], [6]]);
  });

  it('is done one by one when the database refuses one of it', async () => {
    const { double } = createDoubler();
    const outcomes = await Promise.allSettled([1, 2, 13, 4].map(double));
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
      2,
      4,
      'refused',
      8,
    ]);
  });

  it('is not done again when nobody knows whether it was done', async () => {
    const { asked, double } = createDoubler();
    const outcomes = await Promise.allSettled([1, 2, 14, 4].map(double));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(asked).toHaveLength(2);
    expect(await double(6)).toBe(12);
  });
});
