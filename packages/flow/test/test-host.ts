import type { Json } from '@fettle/base';
import type { Flow, FlowTest } from '@fettle/definition';
import { runFlowTest, type FlowTestHost, type FlowTestResult } from '../src/index.ts';

/** Actions as {@link MemoryWorld} has them, and one that gives something else each time. */
export function testHost(changes: Partial<FlowTestHost> = {}): FlowTestHost {
  let count = 0;
  const effects: Readonly<Record<string, 'none' | 'read' | 'outside'>> = {
    'test/echo': 'none',
    'test/chance': 'none',
    'test/hang': 'none',
    'test/read': 'read',
    'test/effect': 'outside',
  };
  return {
    actions: {
      describe: (type) => {
        const effect = effects[type];
        return effect === undefined ? undefined : { effect, timeoutMs: 60_000 };
      },
      run: async ({ type, settings, signal }): Promise<Json> => {
        if (type === 'test/hang')
          return new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
          );
        // As real ones do, it takes a moment.
        await new Promise((resolve) => setImmediate(resolve));
        count += 1;
        return type === 'test/chance' ? count : (settings['value'] ?? null);
      },
    },
    turn: (callback) => void setImmediate(callback),
    timer: {
      now: () => performance.now(),
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    },
    ...changes,
  };
}

/** A test of `flw_1` with these facts. */
export function flowTest(facts: Partial<FlowTest>): FlowTest {
  return { id: 'tst_1', name: 'sample', flow: 'flw_1', expect: { state: 'succeeded' }, ...facts };
}

/** What is wrong with a flow by a test, as sentences. */
export async function complaints(flow: Flow, facts: Partial<FlowTest>): Promise<readonly string[]> {
  return (await run(flow, facts)).differences.map(({ message }) => message);
}

/** Runs a test on a flow. */
export function run(
  flow: Flow,
  facts: Partial<FlowTest>,
  host = testHost(),
  called: Readonly<Record<string, Flow>> = {},
): Promise<FlowTestResult> {
  return runFlowTest(flowTest(facts), { [flow.id]: flow, ...called }, host);
}
