import type { Flow } from '@fettle/definition';
import type { RunHead } from '../journal.ts';
import { startKey, type KeyedStart } from './start-key.ts';

type Start = Pick<RunHead, 'appId' | 'environment'> & KeyedStart;

/**
 * Which runs of a flow take turns: all of them, or those with the same value of its key. Undefined for a flow without a
 * limit. A key that cannot be worked out counts as an empty one.
 */
export function concurrencyKey(flow: Pick<Flow, 'id' | 'concurrency'>, start: Start): string | undefined {
  return flow.concurrency === undefined ? undefined : keyOf(flow.id, flow.concurrency.key, start);
}

/** Which runs of a flow share its limit of starts per period: see {@link concurrencyKey}. */
export function rateKey(flow: Pick<Flow, 'id' | 'rateLimit'>, start: Start): string | undefined {
  return flow.rateLimit === undefined ? undefined : keyOf(flow.id, flow.rateLimit.key, start);
}

function keyOf(flowId: string, key: string | undefined, start: Start): string {
  const base = `${start.appId} ${flowId} ${start.environment}`;
  return key === undefined ? base : `${base} ${startKey(key, start)}`.slice(0, 300);
}
