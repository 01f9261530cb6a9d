import { Type, type TSchema } from 'typebox';
import type { Json } from '@fettle/base';
import { defineRoute } from '../route.ts';
import { exact, id } from '../schemas.ts';

/** Where an event action stands. `owner` is a component, or `screen` for events of the screen itself. */
const place = { screen: id, owner: id, event: id, action: id };
const body = exact({
  /** Of the app as the browser has it: an action that has become another one since is not run. */
  version: Type.String({ maxLength: 4000 }),
  /** Different for every press: what has an effect is done once for each. */
  requestId: Type.String({ minLength: 16, maxLength: 64 }),
  /** JSON pointer of a setting, below the settings → values of the expressions in it, in order. Bound settings alone. */
  values: Type.Record(Type.String({ maxLength: 1000 }), Type.Array(Type.Unknown(), { maxItems: 200 })),
});
const response = exact({ result: Type.Unsafe<Json>({}) });

/** The routes that run event actions whose code is on the server. */
export function defineEventActionRoutes<
  D extends Readonly<Record<string, TSchema>>,
  Q extends Readonly<Record<string, TSchema>>,
  R extends Readonly<Record<string, TSchema>>,
>({ draftPlace, roleQuery, runPlace }: { readonly draftPlace: D; readonly roleQuery: Q; readonly runPlace: R }) {
  const target = { action: 'event-action.run', target: 'event-action' } as const;
  return {
    draftEventAction: defineRoute({
      id: 'draft.run-event-action',
      method: 'POST',
      path: '/api/apps/:appId/draft/event-actions/:screen/:owner/:event/:action/run',
      summary: 'Runs an event action of the draft whose code is on the server, on development data.',
      access: { kind: 'draft', ...target },
      params: exact({ ...draftPlace, ...place }),
      query: exact(roleQuery),
      body,
      response,
    }),
    runEventAction: defineRoute({
      id: 'run.run-event-action',
      method: 'POST',
      path: '/api/run/:app/event-actions/:screen/:owner/:event/:action/run',
      summary: 'Runs an event action of the live release whose code is on the server, with the values of its bindings.',
      access: { kind: 'release', ...target },
      params: exact({ ...runPlace, ...place }),
      body,
      response,
    }),
  };
}
