import type { Flow } from '@fettle/definition';
import type { RunHead } from '../journal.ts';
import { startKey } from './start-key.ts';

/**
 * Which runs of a flow take turns: all of them, or those with the same value of its key. Undefined for a flow without a
 * limit. A key that cannot be worked out counts as an empty one.
 */
export function concurrencyKey(
  flow: Pick<Flow, 'id' | 'concurrency'>,
  start: Pick<RunHead, 'appId' | 'environment' | 'trigger' | 'user'>,
): string | undefined {
  if (flow.concurrency === undefined) return undefined;
  const { key } = flow.concurrency;
  const base = `${start.appId} ${flow.id} ${start.environment}`;
  return key === undefined ? base : `${base} ${startKey(key, start.trigger, start.user)}`.slice(0, 300);
}
