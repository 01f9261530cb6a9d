import jsonwebtoken from 'jsonwebtoken';
import type { Clock } from '@fettle/base';

/** What a session token says: who, and in which session. The session itself is looked up on every request. */
export interface SessionClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** Signs and checks the short-lived tokens of sessions. */
export interface SessionTokens {
  sign(claims: { readonly userId: string; readonly sessionId: string }): string;
  /** The claims, or undefined for anything but a valid token of ours. */
  verify(token: string): SessionClaims | undefined;
}

/** How long a token is good for, in seconds. */
export const sessionTokenSeconds = 5 * 60;
const type = 'fettle-session+jwt';
const issuer = 'fettle';
const toleranceSeconds = 5;
const maxRemembered = 20_000;

/** Makes the token service. Checked tokens are remembered while they are valid: a signature is checked once. */
export function createSessionTokens(options: {
  readonly key: Buffer;
  readonly audience: string;
  readonly clock: Clock;
}): SessionTokens {
  const { key, audience, clock } = options;
  const remembered = new Map<string, SessionClaims>();
  const remember = (token: string, claims: SessionClaims): SessionClaims => {
    remembered.set(token, claims);
    if (remembered.size > maxRemembered) remembered.delete(remembered.keys().next().value as string);
    return claims;
  };
  return {
    sign({ userId, sessionId }) {
      const issuedAt = Math.floor(clock.now() / 1000);
      return jsonwebtoken.sign({ sid: sessionId, iat: issuedAt, exp: issuedAt + sessionTokenSeconds }, key, {
        algorithm: 'HS256',
        header: { alg: 'HS256', typ: type },
        issuer,
        audience,
        subject: userId,
      });
    },
    verify(token) {
      const known = remembered.get(token);
      if (known !== undefined) {
        if (known.expiresAt > clock.now()) return known;
        remembered.delete(token);
        return undefined;
      }
      const claims = check(token, options);
      return claims === undefined ? undefined : remember(token, claims);
    },
  };
}

function check(
  token: string,
  { key, audience, clock }: { key: Buffer; audience: string; clock: Clock },
): SessionClaims | undefined {
  if (token.length > 2000) return undefined;
  const now = Math.floor(clock.now() / 1000);
  try {
    const { header, payload } = jsonwebtoken.verify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      clockTimestamp: now,
      clockTolerance: toleranceSeconds,
      complete: true,
    });
    // Nothing but what we write ourselves: no key hints, no extensions.
    if (header.typ !== type || Object.keys(header).some((name) => name !== 'alg' && name !== 'typ')) return undefined;
    if (typeof payload === 'string' || typeof payload.aud !== 'string') return undefined;
    const { sub, exp, iat } = payload;
    const sid: unknown = payload['sid'];
    if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined || iat === undefined) return undefined;
    if (iat > now + toleranceSeconds) return undefined;
    return { userId: sub, sessionId: sid, expiresAt: exp * 1000 };
  } catch {
    return undefined;
  }
}
