import { describe, expect, it } from 'vitest';
import type { SourceBatch } from '@fettle/sdk/server';
import { createBatches } from './batches.ts';

function made(onDeliver: (batch: SourceBatch) => Promise<void> = () => Promise.resolve()) {
  const controller = new AbortController();
  const said: string[] = [];
  const batches = createBatches({
    signal: controller.signal,
    deliver: async (batch) => {
      await onDeliver(batch);
      said.push(`stored ${batch.events.map(({ key }) => key).join(' ')}`);
    },
  });
  const add = (key: string): void =>
    batches.add({ key, trigger: null, acknowledge: () => void said.push(`acknowledged ${key}`) });
  return { batches, add, said, controller };
}

describe('what is pushed', () => {
  it('is stored before it is acknowledged, and gathers while something is stored', async () => {
    const { batches, add, said } = made(() => new Promise((resolve) => setTimeout(resolve, 5)));
    for (const key of ['a', 'b', 'c']) add(key);
    await batches.settled();
    expect(said).toEqual(['stored a', 'acknowledged a', 'stored b c', 'acknowledged b', 'acknowledged c']);
  });

  it('is not acknowledged when it is not stored, and nothing is after that', async () => {
    const { batches, add, said } = made(() => Promise.reject(new TypeError('away')));
    add('a');
    await expect(batches.ended).rejects.toThrow('away');
    add('b');
    await batches.settled();
    expect(said).toEqual([]);
  });

  it('is stored when it has come before the end, not after it, and is not gathered without end', async () => {
    const { batches, add, said, controller } = made();
    for (const key of ['a', 'b']) add(key);
    controller.abort();
    await batches.ended;
    add('c');
    await batches.settled();
    expect(said).toEqual(['stored a', 'acknowledged a', 'stored b', 'acknowledged b']);
    const flood = made(() => new Promise(() => undefined));
    for (let index = 0; index < 20_200; index += 1) flood.add(`m${index}`);
    await expect(flood.batches.ended).rejects.toMatchObject({ code: 'source.too-many' });
  });
});
