import type { Flow, FlowStep } from '@fettle/definition';
import { expect, test } from 'vitest';
import { Crash, echo, effect, flowOf, MemoryWorld } from './memory-world.ts';

const step = (facts: unknown): FlowStep => facts as FlowStep;

const child: Flow = flowOf(
  [
    effect('inChild', '{{ trigger.n }}'),
    step({ id: 'stp_r', name: 'give', kind: 'return', value: '{{ trigger.n + 1 }}' }),
  ],
  {
    id: 'flw_child',
    name: 'child',
  },
);

/** Every kind of step, with effects in all of them. */
const parent: Flow = flowOf(
  [
    echo('read', '{{ trigger.n }}'),
    effect('insert', '{{ steps.read.output }}'),
    step({ id: 'stp_v', name: 'keep', kind: 'setVariables', values: { total: '{{ (vars.total ?? 0) + 1 }}' } }),
    step({
      id: 'stp_l',
      name: 'each',
      kind: 'forEach',
      items: '{{ range(0, 3) }}',
      collect: '{{ steps.inLoop.output }}',
      steps: [
        effect('inLoop', '{{ item }}'),
        step({ id: 'stp_lw', name: 'nap', kind: 'wait', for: { kind: 'duration', duration: '1m' } }),
      ],
    }),
    step({
      id: 'stp_p',
      name: 'both',
      kind: 'parallel',
      lanes: [
        { id: 'lan_1', steps: [effect('left', 'l')] },
        {
          id: 'lan_2',
          steps: [
            effect('right', 'r'),
            step({ id: 'stp_rw', name: 'rest', kind: 'wait', for: { kind: 'duration', duration: '5m' } }),
          ],
        },
      ],
    }),
    step({
      id: 'stp_t',
      name: 'attempt',
      kind: 'try',
      steps: [echo('bad', '{{ missing() }}')],
      catch: [effect('caught', '{{ error.step }}')],
      finally: [effect('atLast', 'f')],
    }),
    step({
      id: 'stp_w',
      name: 'again',
      kind: 'while',
      condition: '{{ vars.n < 2 }}',
      limit: 5,
      steps: [
        effect('turn', '{{ vars.n }}'),
        step({ id: 'stp_i', name: 'next', kind: 'setVariables', values: { n: '{{ vars.n + 1 }}' } }),
      ],
    }),
    step({ id: 'stp_c', name: 'call', kind: 'subFlow', flow: 'flw_child', mode: 'call', input: { n: 41 } }),
    step({
      id: 'stp_b',
      name: 'choose',
      kind: 'branch',
      branches: [{ id: 'brn_1', condition: '{{ steps.call.output == 42 }}', steps: [effect('yes', 'y')] }],
      otherwise: [effect('no', 'n')],
    }),
    step({
      id: 'stp_end',
      name: 'give',
      kind: 'return',
      value: { total: '{{ vars.total }}', results: '{{ steps.each.output.results }}', call: '{{ steps.call.output }}' },
    }),
  ],
  { variables: [{ name: 'n', initial: 0 }] },
);

const expected = ['7', '0', '1', '2', 'l', 'r', 'bad', 'f', '0', '1', '41', 'y'];

/** Plays to the end; a killed run is taken up by the next worker. Counts how often it was killed. */
async function finishThroughKills(world: MemoryWorld, id: string, killAt: readonly number[]): Promise<unknown> {
  const kills = [...killAt];
  for (;;) {
    world.crashBefore = kills.shift();
    try {
      const end = await world.finish(id);
      if (end.state !== 'lost') return end;
    } catch (error) {
      if (!(error instanceof Crash) || error.message !== 'killed') throw error;
      // Promises of the dead process come to rest before the next one begins.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

async function check(killAt: readonly number[]): Promise<number> {
  const world = new MemoryWorld();
  world.add(child);
  const id = world.start(parent, { n: 7 });
  const end = await finishThroughKills(world, id, killAt);
  expect(end, `killed at ${killAt.join()}`).toEqual({
    state: 'succeeded',
    output: { total: 1, results: [0, 1, 2], call: 42 },
  });
  const keys = new Map(world.effects.map(({ key, value }) => [key, String(value)]));
  // Doubles carry the key of the first one, and each effect the value it would have had without a kill.
  expect([...keys.values()].toSorted()).toEqual(expected.toSorted());
  for (const { key, value } of world.effects) expect(keys.get(key)).toBe(String(value));
  // A kill doubles what was under way, which is two lanes at most here.
  expect(world.effects.length - keys.size).toBeLessThanOrEqual(2 * killAt.length);
  expect(world.runs.size).toBe(2);
  for (const run of world.runs.values()) {
    const open = [...run.entries.values()].filter(({ state }) => state === 'started' || state === 'waiting');
    expect(open.map(({ path }) => path)).toEqual([]);
  }
  return world.commits;
}

test('a kill before any write or around any effect is recovered from: nothing is lost, doubles carry their key', async () => {
  const commits = await check([]);
  for (let at = 0; at < commits + 2 * expected.length; at += 1) await check([at]);
});

test('several kills of the same run are recovered from, too', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    // Small deterministic spread of places.
    await check([(seed * 7) % 23, (seed * 13) % 17, (seed * 5) % 11, (seed * 3) % 7]);
  }
});
