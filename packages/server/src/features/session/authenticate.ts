import type { IncomingMessage } from 'node:http';
import { visitor } from '@fettle/access';
import type { Identity } from '../../http/dispatch.ts';
import type { ApiKeys } from '../api-keys/api-keys.service.ts';
import type { SessionCookies } from './session-cookies.ts';
import type { Sessions } from './session.service.ts';
import type { SessionTokens } from './session-token.ts';

/** What finding out who asks needs. */
export interface AuthenticateOptions {
  readonly cookies: SessionCookies;
  readonly tokens: SessionTokens;
  readonly sessions: Pick<Sessions, 'actorOf'>;
  readonly apiKeys: Pick<ApiKeys, 'actorOf'>;
}

const nobody: Identity = { actor: visitor, session: undefined, isStale: false };
const stale: Identity = { actor: visitor, session: undefined, isStale: true };

/**
 * Who sent a request: the holder of an API key (`Authorization: Bearer fk_…`), of a session cookie, or a visitor. When
 * the session was seen a moment ago this answers at once, without a promise. A credential that does not hold makes the
 * request stale, never a visitor's: nobody is served as a stranger by mistake.
 */
export function createAuthenticate(
  options: AuthenticateOptions,
): (request: IncomingMessage) => Identity | Promise<Identity> {
  const { cookies, tokens, sessions, apiKeys } = options;
  return (request) => {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      const key = /^Bearer (fk_[a-z0-9]{10,80})$/.exec(authorization)?.[1];
      return key === undefined
        ? stale
        : apiKeys
            .actorOf(key)
            .then((actor) => (actor === undefined ? stale : { actor, session: undefined, isStale: false }));
    }
    if (cookie === undefined) return nobody;
    const token = cookies.readAccess(request);
    const claims = token === undefined ? undefined : tokens.verify(token);
    if (claims === undefined) return token !== undefined || cookies.readRefresh(request) !== undefined ? stale : nobody;
    const session = { id: claims.sessionId, userId: claims.userId };
    const actor = sessions.actorOf(claims.sessionId);
    if (!(actor instanceof Promise)) return actor === undefined ? stale : { actor, session, isStale: false };
    return actor.then((found) => (found === undefined ? stale : { actor: found, session, isStale: false }));
  };
}
