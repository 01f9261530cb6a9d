import { Type } from 'typebox';
import { defineRoute, type Method } from '../route.ts';
import { exact, id } from '../schemas.ts';

const name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });

function defineHook<M extends Method>(method: M) {
  return defineRoute({
    id: `hooks.${method.toLowerCase()}`,
    method,
    path: '/api/hooks/:app/:hook',
    summary: 'Starts the flow of the live release whose webhook trigger has this path and takes this method.',
    access: {
      kind: 'public',
      why: 'the trigger says how its sender proves who they are: token, password or signature',
    },
    params: exact({ app: id, hook: name }),
    query: Type.Record(Type.String(), Type.String()),
    transfer: 'exchange',
    maxBodyBytes: 5 * 1024 * 1024,
  });
}

/** Where other systems start flows. Neither sessions nor API keys count here. */
export const hookRoutes = {
  get: defineHook('GET'),
  post: defineHook('POST'),
  put: defineHook('PUT'),
  patch: defineHook('PATCH'),
  delete: defineHook('DELETE'),
} as const;
