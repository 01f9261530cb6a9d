import { upstreamError } from '@fettle/base';
import { allSteps, type Flow, type FlowStep } from '@fettle/definition';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFlowTest, runFlowTest, type MadeFlowTest, type PlayEnd } from '../src/index.ts';
import { arbitraryFlowSteps } from './arbitrary-flow.ts';
import { flowOf, MemoryWorld } from './memory-world.ts';
import { testHost } from './test-host.ts';

const child = flowOf([{ id: 'stp_r', name: 'give', kind: 'return', value: '{{ trigger.n }}' }], {
  id: 'flw_child',
  name: 'child',
});

function goesSideBySide(steps: readonly FlowStep[]): boolean {
  return allSteps(steps).some(
    (step) => step.kind === 'parallel' || (step.kind === 'forEach' && (step.concurrency ?? 1) > 1),
  );
}

interface Recorded extends MadeFlowTest {
  readonly end: PlayEnd;
}

/** Plays a flow in a world with effects, and makes a test of that run. */
async function record(flow: Flow, n: number): Promise<Recorded> {
  const world = new MemoryWorld();
  world.add(child);
  world.rows = [{ id: 1 }, { id: 2 }];
  let calls = 0;
  world.actions['test/fails'] = {
    effect: 'outside',
    run: ({ settings }) => {
      calls += 1;
      // Every other one goes wrong.
      if (calls % 2 === 1) throw upstreamError({ code: 'test.down', message: 'It is down.', hint: 'Wait.' });
      return settings['value'] ?? null;
    },
  };
  const { openWait } = world.runHost;
  Object.assign(world.runHost, {
    openWait: (request: Parameters<typeof openWait>[0]) => {
      // Those with a deadline run out of time; the others are answered.
      if (request.deadline === undefined)
        world.answers.set(`${request.run.id} ${request.path}`, {
          approved: true,
          values: {},
          by: 'ada',
          comment: null,
        });
      return openWait(request);
    },
  });
  const user = { id: 'usr_1', email: 'ada@example.com', name: 'Ada' };
  const id = world.start(flow, { n, list: [1, 'two', null] }, { user });
  const end = await world.finish(id);
  if (end.state !== 'succeeded' && end.state !== 'failed') throw new TypeError(`The run ended ${end.state}.`);
  const run = {
    state: end.state,
    trigger: { n, list: [1, 'two', null] },
    user,
    environment: 'production',
    createdAt: 1_700_000_000_000,
    entries: world.entries(id),
    ...(end.state === 'failed' ? { error: end.error } : {}),
  };
  return { end, ...(await makeFlowTest(run, flow, { id: 'tst_1', name: 'recorded', host: testHost() })) };
}

test('a test that was made of a run passes at once, and goes the way the run went', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFlowSteps, fc.integer({ min: 0, max: 5 }), async (steps, n) => {
      const flow = flowOf([...steps], { variables: [{ name: 'total', initial: 0 }] });
      const { end, test: made, notes } = await record(flow, n);
      // As it stands in a file.
      const stored = JSON.parse(JSON.stringify(made)) as typeof made;
      const result = await runFlowTest(stored, { [flow.id]: flow }, testHost());
      // What goes side by side can end in another order, as it could in the run itself, and come to steps that the run never
      // reached before it failed; the maker is told then.
      if (goesSideBySide(steps)) {
        if (notes.length === 0) expect(result.differences).toEqual([]);
        return;
      }
      expect(result.differences).toEqual([]);
      expect(notes).toEqual([]);
      expect(result.end?.state).toBe(end.state);
      if (end.state === 'failed') expect(result.end?.error?.code).toBe(end.error.code);
      // The clock of a test stands still, and its run has a name of its own.
      const isOwn = /now\(\)|run\.id/.test(JSON.stringify(steps));
      if (end.state === 'succeeded' && !isOwn) expect(result.end?.output).toEqual(end.output);
    }),
    { numRuns: 300 },
  );
}, 60_000);
