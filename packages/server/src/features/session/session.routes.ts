import type { IncomingMessage } from 'node:http';
import { notAuthenticated } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Database } from '../../database/database.ts';
import { implementRoute, type RouteContext, type RouteImplementation } from '../../http/implement-route.ts';
import { describeUser } from '../account/account.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import { findWorkspace } from '../workspaces/workspaces.store.ts';
import type { SessionCookies } from './session-cookies.ts';
import type { ClientFacts, Sessions } from './session.service.ts';

/** What the session routes need. */
export interface SessionRoutesOptions {
  readonly sessions: Sessions;
  readonly cookies: SessionCookies;
  readonly audit: Audit;
  readonly database: Database;
}

/** Signing in, staying in, signing out. */
export function sessionRoutes({ sessions, cookies, audit, database }: SessionRoutesOptions): RouteImplementation[] {
  return [
    implementRoute(routes.account.session, async ({ actor, request }) => {
      if (actor.kind === 'user') return { user: (await describeUser(database.knex, actor.id)) ?? null };
      if (actor.kind === 'api-key') {
        const found = await findWorkspace(database.knex, actor.workspaceId);
        if (found === undefined) return { user: null };
        const workspace = { id: found.id, name: found.name, slug: found.slug };
        return { user: null, apiKey: { id: actor.id, name: actor.name, role: actor.role, workspace } };
      }
      const refresh = cookies.readRefresh(request);
      // The short-lived cookie may have run out while the page was closed: the person is still signed in.
      return { user: refresh === undefined ? null : ((await sessions.userOfRefreshToken(refresh)) ?? null) };
    }),
    implementRoute(routes.account.signIn, async (context) => {
      const { user, tokens } = await sessions.signIn(context.body, clientFacts(context));
      // Signing in always begins a session of its own; whatever the browser brought along is ended, never taken over.
      if (context.session !== undefined) await sessions.end(context.session.id);
      cookies.write(context.response, tokens);
      return { user };
    }),
    implementRoute(routes.account.refresh, async ({ request, response }) => {
      try {
        const { user, tokens } = await sessions.refresh(readRefreshToken(cookies, request));
        cookies.write(response, tokens);
        return { user };
      } catch (error) {
        cookies.clear(response);
        throw error;
      }
    }),
    implementRoute(routes.account.signOut, async ({ grant, session, query, response }) => {
      const { actor } = grant;
      if (actor.kind === 'user' && query.everywhere === true) await sessions.endAllOf(actor.id, {});
      else if (session !== undefined) await sessions.end(session.id);
      await audit.record({
        actor,
        action: 'session.delete',
        workspaceId: null,
        target: session?.userId ?? '',
        details: { everywhere: query.everywhere === true },
      });
      cookies.clear(response);
    }),
  ];
}

function readRefreshToken(cookies: SessionCookies, request: IncomingMessage): string {
  const token = cookies.readRefresh(request);
  if (token !== undefined) return token;
  throw notAuthenticated({ code: 'session.ended', message: 'Your session has ended.', hint: 'Sign in again.' });
}

/** What is noted about the browser of a request. */
export function clientFacts({ address, request }: Pick<RouteContext, 'address' | 'request'>): ClientFacts {
  return { address, userAgent: request.headers['user-agent'] ?? '' };
}
