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

/** Where a browser asks whether a page of another origin may call a webhook. */
const preflight = defineRoute({
  id: 'hooks.options',
  method: 'OPTIONS',
  path: '/api/hooks/:app/:hook',
  summary:
    'Answers a browser that asks before a page calls a webhook: for the origins that its trigger names, and for no other.',
  access: { kind: 'public', why: 'browsers ask without telling who they are; nothing is read or started' },
  params: exact({ app: id, hook: name }),
  query: Type.Record(Type.String(), Type.String()),
  transfer: 'exchange',
});

/** Where other systems start flows. Neither sessions nor API keys count here. */
export const hookRoutes = {
  get: defineHook('GET'),
  post: defineHook('POST'),
  put: defineHook('PUT'),
  patch: defineHook('PATCH'),
  delete: defineHook('DELETE'),
  options: preflight,
} as const;
