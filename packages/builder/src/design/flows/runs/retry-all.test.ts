import { expect, test, vi } from 'vitest';
import { retryAll, type RetryProgress } from './retry-all.ts';

const pages = (sizes: readonly number[]) => {
  const calls: (string | undefined)[] = [];
  const limits: number[] = [];
  return {
    calls,
    limits,
    page: vi.fn((cursor: string | undefined, limit: number) => {
      calls.push(cursor);
      limits.push(limit);
      const at = calls.length - 1;
      return Promise.resolve({
        started: sizes[at] ?? 0,
        refused: at === 1 ? [{ run: 'run_x', message: 'No.' }] : [],
        ...(at < sizes.length - 1 ? { next: `c${at + 1}` } : {}),
      });
    }),
  };
};

test('goes from page to page and tells how far it is', async () => {
  const { page, calls, limits } = pages([20, 19, 3]);
  const seen: RetryProgress[] = [];
  await retryAll({ most: 43, signal: new AbortController().signal, page, onProgress: (one) => seen.push(one) });
  expect(calls).toEqual([undefined, 'c1', 'c2']);
  expect(limits).toEqual([20, 20, 3]);
  expect(seen.map(({ started, refused, isOver }) => [started, refused.length, isOver])).toEqual([
    [0, 0, false],
    [20, 0, false],
    [39, 1, false],
    [42, 1, true],
  ]);
});

test('starts no more than were told of, and stops when it is to', async () => {
  const { page, limits } = pages([20, 20, 20, 20]);
  await retryAll({ most: 30, signal: new AbortController().signal, page, onProgress: () => undefined });
  expect(limits).toEqual([20, 10]);
  const stopping = new AbortController();
  const more = pages([20, 20, 20]);
  await retryAll({ most: 60, signal: stopping.signal, page: more.page, onProgress: () => stopping.abort() });
  expect(more.calls).toHaveLength(1);
});
