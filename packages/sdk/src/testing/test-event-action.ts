import { describe } from 'vitest';
import type { EventActionExtension, EventActionHost } from '../react/implement.ts';
import { createTestData, type TestData, type TestDataOptions } from './test-data.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';

/** The contract that every event action keeps: call it at the top of a test file, once per extension. */
export function testEventActionExtension(extension: EventActionExtension, options: ManifestTestOptions): void {
  describe(`event action ${extension.manifest.id}`, () => {
    testManifest(extension.manifest, options);
  });
}

/** A host for event actions in a test, and everything that they did with it. */
export interface TestActionHost {
  readonly host: EventActionHost;
  readonly data: TestData;
  /** Calls in order: method, then its arguments. */
  readonly calls: readonly (readonly [method: string, ...rest: readonly unknown[]])[];
}

/** Makes an in-memory {@link EventActionHost}. */
export function createTestActionHost(options: TestDataOptions = {}): TestActionHost {
  const data = createTestData(options);
  const calls: (readonly [string, ...(readonly unknown[])])[] = [];
  const host: EventActionHost = {
    data,
    mode: 'run',
    setState: (...rest) => {
      calls.push(['setState', ...rest]);
    },
    async callComponent(...rest) {
      calls.push(['callComponent', ...rest]);
      return { called: rest[1] };
    },
    async runQuery(...rest) {
      calls.push(['runQuery', ...rest]);
      return { ran: rest[0] };
    },
    async refresh(...rest) {
      calls.push(['refresh', ...rest]);
    },
    navigate: (...rest) => {
      calls.push(['navigate', ...rest]);
    },
    notify: (...rest) => {
      calls.push(['notify', ...rest]);
    },
    async copy(...rest) {
      calls.push(['copy', ...rest]);
    },
  };
  return { host, data, calls };
}
