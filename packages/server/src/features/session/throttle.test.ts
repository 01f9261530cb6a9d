import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createSignInThrottle } from './throttle.ts';

const email = 'admin@one.test';

describe('the sign-in throttle', () => {
  it('lets five mistakes pass, then makes each next one wait longer, a minute at most', () => {
    const clock = createManualClock();
    const throttle = createSignInThrottle(clock);
    const attempt = { email, address: '10.0.0.1', isKnownAddress: true };
    for (let mistake = 0; mistake < 5; mistake += 1) {
      throttle.assertMayTry(attempt);
      throttle.noteFailure(attempt);
    }
    expect(() => throttle.assertMayTry(attempt)).toThrow('Too many failed attempts');
    for (let mistake = 0; mistake < 40; mistake += 1) throttle.noteFailure(attempt);
    clock.advance(60_001);
    expect(() => throttle.assertMayTry(attempt)).not.toThrow();
  });

  it('never keeps people out of their own desk, however many strangers try their account', () => {
    const clock = createManualClock();
    const throttle = createSignInThrottle(clock);
    for (let index = 0; index < 10_000; index += 1)
      throttle.noteFailure({ email, address: `10.1.${index >> 8}.${index & 255}` });
    expect(() => throttle.assertMayTry({ email, address: '10.9.9.9', isKnownAddress: false })).toThrow(
      'Too many failed attempts',
    );
    expect(() => throttle.assertMayTry({ email, address: '192.168.0.5', isKnownAddress: true })).not.toThrow();
    clock.advance(10_001);
    expect(() => throttle.assertMayTry({ email, address: '10.9.9.9', isKnownAddress: false })).not.toThrow();
  });

  it('slows an address down that tries many accounts', () => {
    const throttle = createSignInThrottle(createManualClock());
    for (let index = 0; index < 110; index += 1)
      throttle.noteFailure({ email: `person${index}@one.test`, address: '10.0.0.1' });
    expect(() =>
      throttle.assertMayTry({ email: 'next@one.test', address: '10.0.0.1', isKnownAddress: false }),
    ).toThrow();
    expect(() =>
      throttle.assertMayTry({ email: 'next@one.test', address: '10.0.0.2', isKnownAddress: false }),
    ).not.toThrow();
  });

  it('forgets after a success and after a quiet quarter of an hour', () => {
    const clock = createManualClock();
    const throttle = createSignInThrottle(clock);
    const attempt = { email, address: '10.0.0.1', isKnownAddress: true };
    for (let mistake = 0; mistake < 9; mistake += 1) throttle.noteFailure(attempt);
    throttle.noteSuccess(attempt);
    expect(() => throttle.assertMayTry(attempt)).not.toThrow();
    for (let mistake = 0; mistake < 9; mistake += 1) throttle.noteFailure(attempt);
    clock.advance(15 * 60_000 + 1);
    expect(() => throttle.assertMayTry(attempt)).not.toThrow();
  });
});
