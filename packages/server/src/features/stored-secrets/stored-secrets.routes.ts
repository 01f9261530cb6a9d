import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { StoredSecrets } from './stored-secrets.service.ts';

/** Secrets that flows name. */
export function storedSecretRoutes(secrets: StoredSecrets): readonly RouteImplementation[] {
  const { list, save, remove } = routes.storedSecrets;
  return [
    implementRoute(list, async ({ grant }) => ({ secrets: await secrets.list(grant) })),
    implementRoute(save, ({ grant, actor, params: { environment, secret: name }, body }) =>
      secrets.save(grant, actor, { environment, name, value: body.value }),
    ),
    implementRoute(remove, ({ grant, actor, params: { environment, secret: name } }) =>
      secrets.delete(grant, actor, { environment, name }),
    ),
  ];
}
