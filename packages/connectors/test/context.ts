import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import type { Json } from '@fettle/base';
import { bug } from '@fettle/base';

/** A connector's context for tests: every address and file is allowed. */
export function testContext(
  settings: Readonly<Record<string, Json>>,
  secrets: Readonly<Record<string, string>> = {},
): ConnectorContext {
  return {
    settings,
    secrets,
    fetch: async () => {
      throw bug('This test makes no HTTP requests.');
    },
    resolveAddress: async (host) => ({ address: host === 'localhost' ? '127.0.0.1' : host, family: 4 }),
    resolveFile: async (path) => path,
    limits: { maxConnections: 4, idleTimeoutMs: 30_000, connectTimeoutMs: 3000 },
  };
}

/** Limits of a call that is not meant to reach them. */
export const unhurried: CallOptions = { signal: new AbortController().signal, timeoutMs: 20_000 };
