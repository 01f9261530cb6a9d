import { isJsonObject, type Json } from '@fettle/base';
import type { FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { Crash, echo, effect, flowOf, MemoryWorld, type RowPage } from './memory-world.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;

/** A table whose rows leave the filter of the loop as soon as something is done about them. */
class OpenRows extends MemoryWorld {
  readonly open = new Set<number>();
  /** What was asked for: after which row. */
  readonly asked: number[] = [];
  hasCursorsOfRows = true;

  constructor(count: number) {
    super();
    for (let id = 1; id <= count; id += 1) this.open.add(id);
    const { run } = this.actions['test/effect'] as (typeof this.actions)[string];
    this.actions['test/close'] = {
      effect: 'write',
      run: async (call) => {
        for (const id of [call.settings['value']].flat()) this.open.delete(Number(id));
        return run(call);
      },
    };
  }

  override pageOfRows({ size, cursor }: RowPage) {
    this.asked.push(Number(cursor ?? 0));
    const left = [...this.open].filter((id) => id > Number(cursor ?? 0));
    const rows = left.slice(0, size).map((id): Json => ({ id }));
    const after = this.hasCursorsOfRows ? { after: left.slice(0, size).map(String) } : {};
    return { rows, next: left.length > size ? String(left[size - 1]) : undefined, ...after };
  }

  /** Plays to the end through kills. */
  async throughKills(id: string, kills: readonly number[]): Promise<void> {
    const left = [...kills];
    for (;;) {
      this.crashBefore = left.shift();
      try {
        const end = await this.finish(id);
        if (end.state === 'lost') continue;
        expect(end).toMatchObject({ state: 'succeeded' });
        return;
      } catch (error) {
        if (!(error instanceof Crash) || error.message !== 'killed') throw error;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }
}

const close = (value: string) => effect('close', value, { type: 'test/close' } as Partial<FlowStep>);

const kinds = [
  { name: 'row by row', facts: {}, value: '{{ item.id }}' },
  { name: 'several rows at a time', facts: { concurrency: 3 }, value: '{{ item.id }}' },
  { name: 'in batches', facts: { batchSize: 2 }, value: '{{ pluck(item, "id") }}' },
];

test.each(kinds)('rows that leave the filter are each seen to once, whatever is killed: $name', async (kind) => {
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    ...kind.facts,
    steps: [
      close(kind.value),
      step({ id: 'stp_w', name: 'nap', kind: 'wait', for: { kind: 'duration', duration: '1m' } }),
      effect('mail', kind.value),
    ],
  });
  const count = 7;
  for (let at = 0; at < 45; at += 1) {
    const world = new OpenRows(count);
    await world.throughKills(world.start(flowOf([loop])), [at, at % 5]);
    const told = (name: string): readonly number[] =>
      [...new Map(world.effects.filter(({ key }) => key.includes(name)).map(({ key, value }) => [key, value])).values()]
        .flat()
        .map(Number)
        .toSorted((a, b) => a - b);
    expect([at, told('stp_close')]).toEqual([at, [1, 2, 3, 4, 5, 6, 7]]);
    expect([at, told('stp_mail')]).toEqual([at, [1, 2, 3, 4, 5, 6, 7]]);
    // What is done twice is done with the same row under the same key.
    const values = new Map<string, string>();
    for (const { key, value } of world.effects) {
      expect(values.get(key) ?? JSON.stringify(value)).toBe(JSON.stringify(value));
      values.set(key, JSON.stringify(value));
    }
  }
});

test('a loop that waits goes on after the row it took last, not at the page it was in', async () => {
  const world = new OpenRows(5);
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    steps: [
      step({ id: 'stp_w', name: 'nap', kind: 'wait', for: { kind: 'duration', duration: '1m' } }),
      echo('see', '{{ item.id }}'),
    ],
  });
  await world.finish(world.start(flowOf([loop])));
  expect(world.asked).toEqual([0, 1, 2, 3, 4, 5]);
});

test('where rows have no place of their own, a loop goes on in the page it was in', async () => {
  const world = new OpenRows(5);
  world.hasCursorsOfRows = false;
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    steps: [
      step({ id: 'stp_w', name: 'nap', kind: 'wait', for: { kind: 'duration', duration: '1m' } }),
      effect('see', '{{ item.id }}'),
    ],
  });
  await world.finish(world.start(flowOf([loop])));
  expect(world.effects.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
});

test('the entry of a loop that is over keeps no rows', async () => {
  const world = new OpenRows(3);
  const loop = step({
    id: 'stp_l',
    name: 'each',
    kind: 'forEach',
    rows: { dataSource: 'src_1', table: 't' },
    steps: [echo('see', '{{ item.id }}')],
  });
  const id = world.start(flowOf([loop]));
  await world.finish(id);
  const { output } = world.entry(id, 'stp_l') ?? {};
  expect(isJsonObject(output) && output).toEqual({ count: 3 });
});
