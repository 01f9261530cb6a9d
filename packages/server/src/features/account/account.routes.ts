import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Accounts } from './account.service.ts';

/** One's own account. */
export function accountRoutes({ accounts }: { readonly accounts: Accounts }): RouteImplementation[] {
  return [
    implementRoute(routes.account.updateAccount, async ({ grant, body }) => ({
      user: await accounts.rename(grant, body.name),
    })),
    implementRoute(routes.account.changePassword, ({ grant, body, session, address }) =>
      accounts.changePassword(grant, { ...body, sessionId: session?.id, address }),
    ),
    implementRoute(routes.account.sessions, async ({ grant, session }) => ({
      sessions: (await accounts.sessions(grant)).map((row) => ({
        id: row.id,
        isCurrent: row.id === session?.id,
        createdAt: row.created_at,
        lastUsedAt: row.last_used_at,
        userAgent: row.user_agent,
      })),
    })),
  ];
}
