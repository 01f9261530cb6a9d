import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor, Grant } from '@fettle/access';
import type { Route, RouteInput, RouteOutput } from '@fettle/contract';
import type { RunningApp } from '../features/apps/running-app.ts';

/** The session of the caller, when they came with a session cookie. */
export interface RequestSession {
  readonly id: string;
  readonly userId: string;
}

/** Everything a route handler is given. Inputs are validated, access is proven. */
export interface RouteContext<T extends Route = Route> {
  readonly route: Route;
  readonly actor: Actor;
  /** The proof of access. Asking for it on a public route is a bug: there is none. */
  readonly grant: Grant;
  readonly params: RouteInput<T>['params'];
  readonly query: RouteInput<T>['query'];
  readonly body: RouteInput<T>['body'];
  /** Aborted when the client goes away before the answer is complete. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** The client's address, as seen through trusted proxies only. */
  readonly address: string;
  readonly session: RequestSession | undefined;
  /** The running app, on routes with access kind `release` or `draft`. */
  readonly running: RunningApp | undefined;
  /** The raw message: for uploads and cookies only. */
  readonly request: IncomingMessage;
  /** The raw reply: for downloads and cookies only. */
  readonly response: ServerResponse;
}

/** A route with the code that answers it. */
export interface RouteImplementation {
  readonly route: Route;
  readonly handle: (context: RouteContext) => unknown;
}

/** What a handler answers: nothing, for a route without a response. */
export type RouteAnswer<T extends Route> = [RouteOutput<T>] extends [undefined] ? void : RouteOutput<T>;

/** Ties a route of the contract to its handler: parse, call one service method, shape the reply. */
export function implementRoute<T extends Route>(
  route: T,
  handle: (context: RouteContext<T>) => Promise<RouteAnswer<T>> | RouteAnswer<T>,
): RouteImplementation {
  return { route, handle: handle as RouteImplementation['handle'] };
}
