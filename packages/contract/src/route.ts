import { Type, type Static, type TSchema } from 'typebox';
import type { ReleaseAction, WorkspaceAction } from '@fettle/access';

/**
 * Who may call a route. Required on every route: the server answers 404 to a path that has none.
 * `workspace` reads `params.workspaceId`, `app` and `draft` read `params.appId`, `release` reads `params.app`
 * (slug or id). `target` names what of the running app is asked for: `params.query`, `params.flow`,
 * `params.dataSource` + `params.table`, or the place of an event action (`screen`, `owner`, `event`, `action`).
 */
export type RouteAccess =
  | { readonly kind: 'public'; readonly why: string }
  | { readonly kind: 'account' }
  | { readonly kind: 'installation' }
  | { readonly kind: 'workspace'; readonly action: WorkspaceAction }
  | { readonly kind: 'app'; readonly action: WorkspaceAction }
  | {
      readonly kind: 'release' | 'draft';
      readonly action: ReleaseAction;
      readonly target?: 'query' | 'flow' | 'table' | 'event-action';
    };

/** HTTP methods in use. Only GET and OPTIONS never change anything; OPTIONS is for browsers that ask before they call. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** One HTTP route as data: the server implements it, clients call through it, OpenAPI is made from it. */
export interface Route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  /** Stable name, e.g. `apps.create`: the operation id. */
  readonly id: string;
  readonly method: Method;
  /** Express style: `/api/apps/:appId`. */
  readonly path: string;
  readonly summary: string;
  readonly access: RouteAccess;
  readonly params: P;
  readonly query: Q;
  /** `Type.Undefined()` when there is none. */
  readonly body: B;
  readonly response: R;
  /**
   * `upload`: the body is multipart or raw bytes, read by the handler. `download`: the handler writes the reply.
   * `exchange`: both, with senders that are no people: neither sessions nor API keys are looked at.
   */
  readonly transfer?: 'upload' | 'download' | 'exchange';
  /** Largest body in bytes; default 1 MiB. */
  readonly maxBodyBytes?: number;
}

/** What a caller of a route gives. */
export interface RouteInput<T extends Route> {
  readonly params: Static<T['params']>;
  readonly query: Static<T['query']>;
  readonly body: Static<T['body']>;
}

/** What a route answers. */
export type RouteOutput<T extends Route> = Static<T['response']>;

const nothing = Type.Object({}, { additionalProperties: false });
const noBody = Type.Undefined();

/** Declares a route; what is left out is empty. */
export function defineRoute<
  P extends TSchema = typeof nothing,
  Q extends TSchema = typeof nothing,
  B extends TSchema = typeof noBody,
  R extends TSchema = typeof noBody,
>(
  route: Omit<Route<P, Q, B, R>, 'params' | 'query' | 'body' | 'response'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly response?: R;
  },
): Route<P, Q, B, R> {
  return {
    ...route,
    params: route.params ?? (nothing as unknown as P),
    query: route.query ?? (nothing as unknown as Q),
    body: route.body ?? (noBody as unknown as B),
    response: route.response ?? (noBody as unknown as R),
  };
}
