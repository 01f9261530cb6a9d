import type { Json } from '@fettle/base';
import type { EventActionContext } from '../event/server-event-action.ts';
import type { TestData } from './test-data.ts';
import { createTestFlowContext, type TestFlowContext, type TestFlowContextOptions } from './test-flow-context.ts';

/** What {@link createTestEventActionContext} is made of. */
export interface TestEventActionOptions extends Omit<
  TestFlowContextOptions,
  'attempt' | 'isDryRun' | 'timeZone' | 'files' | 'platform'
> {
  /** What its plugin has kept before. */
  readonly stored?: Readonly<Record<string, Json>>;
}

/** A context for event actions on the server in a test, and everything that they did with it. */
export interface TestEventActionContext extends Pick<TestFlowContext, 'logs'> {
  readonly context: EventActionContext;
  readonly rows: TestData;
  readonly stored: ReadonlyMap<string, Json>;
}

/** Makes an {@link EventActionContext} over rows and values in memory. Its HTTP client is a real one, without the guard. */
export function createTestEventActionContext(options: TestEventActionOptions = {}): TestEventActionContext {
  const { context, rows, logs } = createTestFlowContext(options);
  const stored = new Map(Object.entries(options.stored ?? {}));
  const { settings, secrets, signal, now, log, fetch, network, data } = context;
  return {
    rows,
    logs,
    stored,
    context: {
      settings,
      secrets,
      signal,
      idempotencyKey: 'app_1/prs_1',
      now,
      log,
      fetch,
      network,
      data,
      storage: {
        get: (key) => Promise.resolve(stored.get(key) ?? null),
        set: (key, value) => Promise.resolve(void stored.set(key, value)),
        delete: (key) => Promise.resolve(void stored.delete(key)),
        keys: (prefix = '') => Promise.resolve([...stored.keys()].filter((key) => key.startsWith(prefix))),
      },
    },
  };
}
