import { AppError, type Clock } from '@fettle/base';

/** Slows down who guesses the secret of a webhook. */
export interface HookGuard {
  /** Throws 429 after too many refused requests from this address. */
  assertMayTry(address: string): void;
  noteRefusal(address: string): void;
}

const free = 30;
const windowMs = 60_000;
const maxTracked = 20_000;

/** Thirty refused requests a minute and address; the right secret does not help before the minute is over. */
export function createHookGuard(clock: Clock): HookGuard {
  const refusals = new Map<string, { count: number; since: number }>();
  const read = (address: string) => {
    const entry = refusals.get(address);
    if (entry === undefined || clock.now() - entry.since < windowMs) return entry;
    refusals.delete(address);
    return undefined;
  };
  return {
    assertMayTry(address) {
      if (refusals.size === 0) return;
      const entry = read(address);
      if (entry === undefined || entry.count < free) return;
      const seconds = Math.max(1, Math.ceil((entry.since + windowMs - clock.now()) / 1000));
      throw new AppError('too-many', {
        code: 'hook.throttled',
        message: 'Too many requests that were refused came from this address.',
        hint: `Wait ${seconds} seconds and try again.`,
        details: { retryAfterSeconds: seconds },
      });
    },
    noteRefusal(address) {
      const entry = read(address) ?? { count: 0, since: clock.now() };
      entry.count += 1;
      refusals.set(address, entry);
      if (refusals.size > maxTracked) refusals.delete(refusals.keys().next().value as string);
    },
  };
}
