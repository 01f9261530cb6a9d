import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../../http/implement-route.ts';
import type { DeadLetters } from './dead-letters.service.ts';

/** Routes about runs that failed for good. */
export function deadLetterRoutes(letters: DeadLetters): readonly RouteImplementation[] {
  const { deadLetters } = routes;
  return [
    implementRoute(deadLetters.list, ({ grant, query }) => letters.list(grant, query)),
    implementRoute(deadLetters.retry, async ({ grant, actor, body }) => {
      const { version = 'same', fromFailed = false, ...choice } = body;
      const { started, refused, hasMore } = await letters.retry({ grant, actor }, choice, { version, fromFailed });
      return { started, refused, hasMore };
    }),
    implementRoute(deadLetters.discard, async ({ grant, actor, body }) => ({
      discarded: await letters.discard({ grant, actor }, body),
    })),
  ];
}
