import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { SessionCookies } from '../session/session-cookies.ts';
import { clientFacts } from '../session/session.routes.ts';
import type { Setup } from './setup.service.ts';

/** Setting the installation up. */
export function setupRoutes({
  setup,
  cookies,
}: {
  readonly setup: Setup;
  readonly cookies: SessionCookies;
}): RouteImplementation[] {
  return [
    implementRoute(routes.account.setupState, async () => ({ isDone: await setup.isDone() })),
    implementRoute(routes.account.setup, async (context) => {
      const { token, ...owner } = context.body;
      const { user, tokens } = await setup.run(token, owner, clientFacts(context));
      cookies.write(context.response, tokens);
      return { user };
    }),
  ];
}
