import { describe, expect, it } from 'vitest';
import { createQuestionMemory } from './question-memory.ts';
import { createReadings } from './readings.ts';
import type { RenderQuestion } from './render-protocol.ts';

const question = (query: string): RenderQuestion => ({ kind: 'query', query, parameters: {} });

describe('what is read for a page', () => {
  it('is read once, whether it was expected or asked for', async () => {
    const reads: string[] = [];
    const readings = createReadings(async (given) => {
      const { query } = given as Extract<RenderQuestion, { kind: 'query' }>;
      reads.push(query);
      return query === 'refused' ? undefined : `"${query}"`;
    });
    readings.begin(question('a'));
    readings.begin(question('unasked'));
    const asked = [question('a'), question('b'), question('refused')];
    expect(await readings.answersTo(asked)).toEqual([
      { question: question('a'), reply: '"a"' },
      { question: question('b'), reply: '"b"' },
    ]);
    expect(reads.toSorted()).toEqual(['a', 'b', 'refused', 'unasked']);
    expect(readings.asked()).toEqual(asked);
    expect((await readings.finished()).map(({ reply }) => reply)).toEqual(['"a"', '"unasked"', '"b"']);
  });

  it('does not hold a page up', async () => {
    const readings = createReadings(() => new Promise(() => undefined));
    readings.begin(question('slow'));
    const startedAt = Date.now();
    expect(await readings.finished()).toEqual([]);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('the memory of questions', () => {
  it('keeps what pages asked last, of the latest 500 places, and nothing that is too much', () => {
    const memory = createQuestionMemory();
    memory.note('a', [question('1')]);
    memory.note('a', [question('2')]);
    expect(memory.recall('a')).toEqual([question('2')]);
    memory.note(
      'much',
      Array.from({ length: 9 }, (_, index) => question(String(index))),
    );
    memory.note('x'.repeat(501), [question('1')]);
    expect([memory.recall('much'), memory.recall('x'.repeat(501)), memory.recall('unknown')]).toEqual([[], [], []]);
    for (let index = 0; index < 500; index += 1) memory.note(`p${index}`, [question('1')]);
    expect([memory.recall('a'), memory.recall('p0').length, memory.recall('p499').length]).toEqual([[], 1, 1]);
    memory.note('p0', []);
    expect(memory.recall('p0')).toEqual([]);
  });
});
