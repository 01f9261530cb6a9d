import { createHash } from 'node:crypto';
import { AppError, type Clock } from '@fettle/base';

/** Slows guessing of passwords down. */
export interface SignInThrottle {
  /** Throws 429 when this attempt comes too soon. `isKnownAddress`: the account was signed in from there before. */
  assertMayTry(attempt: SignInAttempt & { readonly isKnownAddress: boolean }): void;
  noteFailure(attempt: SignInAttempt): void;
  noteSuccess(attempt: SignInAttempt): void;
}

/** One try to sign in. */
export interface SignInAttempt {
  readonly email: string;
  readonly address: string;
}

interface Failures {
  count: number;
  lastAt: number;
}

const forgetMs = 15 * 60_000;
const maxTracked = 50_000;

/**
 * Three counters, each forgotten after a quiet quarter of an hour: per account and address (after five failures the
 * wait doubles up to a minute), per address over all accounts, and per account over all strange addresses. The last
 * one never holds for an address the account is known at, so nobody can be locked out of their own desk.
 */
export function createSignInThrottle(clock: Clock): SignInThrottle {
  const failures = new Map<string, Failures>();
  const read = (key: string): Failures | undefined => {
    const entry = failures.get(key);
    if (entry === undefined || clock.now() - entry.lastAt <= forgetMs) return entry;
    failures.delete(key);
    return undefined;
  };
  const add = (key: string): void => {
    const count = (read(key)?.count ?? 0) + 1;
    failures.delete(key);
    failures.set(key, { count, lastAt: clock.now() });
    if (failures.size > maxTracked) failures.delete(failures.keys().next().value as string);
  };
  const assertQuiet = (key: string, free: number, longestWaitMs: number): void => {
    const entry = read(key);
    if (entry === undefined || entry.count < free) return;
    const waitMs = Math.min(1000 * 2 ** Math.min(entry.count - free, 20), longestWaitMs);
    const leftMs = entry.lastAt + waitMs - clock.now();
    if (leftMs > 0) throw tooSoon(leftMs);
  };
  return {
    assertMayTry(attempt) {
      const keys = keysOf(attempt);
      assertQuiet(keys.pair, 5, 60_000);
      if (attempt.isKnownAddress) return;
      assertQuiet(keys.address, 100, 60_000);
      assertQuiet(keys.account, 50, 10_000);
    },
    noteFailure(attempt) {
      const keys = keysOf(attempt);
      add(keys.pair);
      add(keys.address);
      add(keys.account);
    },
    noteSuccess(attempt) {
      failures.delete(keysOf(attempt).pair);
    },
  };
}

function keysOf({ email, address }: SignInAttempt): {
  readonly pair: string;
  readonly address: string;
  readonly account: string;
} {
  const short = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
  return { pair: `p:${short(`${email}\n${address}`)}`, address: `a:${short(address)}`, account: `u:${short(email)}` };
}

function tooSoon(leftMs: number): AppError {
  const seconds = Math.ceil(leftMs / 1000);
  return new AppError('too-many', {
    code: 'session.throttled',
    message: 'Too many failed attempts to sign in.',
    hint: `Wait ${seconds} second${seconds === 1 ? '' : 's'} and try again.`,
    details: { retryAfterSeconds: seconds },
  });
}
