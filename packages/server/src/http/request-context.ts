import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor, Grant } from '@fettle/access';
import { bug } from '@fettle/base';
import type { Route } from '@fettle/contract';
import type { RunningApp } from '../features/apps/running-app.ts';
import type { RequestSession, RouteContext } from './implement-route.ts';

/** What is known of a request before its route has been allowed. */
export interface RequestFacts {
  readonly requestId: string;
  readonly address: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The context of one request. What few handlers need is made when it is asked for. */
export class RequestContext implements RouteContext {
  readonly route: Route;
  readonly actor: Actor;
  readonly session: RequestSession | undefined;
  readonly requestId: string;
  readonly address: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  params: unknown = {};
  query: unknown = {};
  body: unknown = undefined;
  running: RunningApp | undefined = undefined;
  allowed: Grant | undefined = undefined;
  #controller: AbortController | undefined = undefined;

  constructor(
    route: Route,
    facts: RequestFacts,
    identity: { readonly actor: Actor; readonly session: RequestSession | undefined },
  ) {
    this.route = route;
    this.actor = identity.actor;
    this.session = identity.session;
    this.requestId = facts.requestId;
    this.address = facts.address;
    this.request = facts.request;
    this.response = facts.response;
  }

  get grant(): Grant {
    if (this.allowed === undefined) throw bug(`${this.route.id} is public: there is no grant.`);
    return this.allowed;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      const { response } = this;
      if (response.destroyed) controller.abort();
      response.once('close', () => {
        if (!response.writableFinished) controller.abort();
      });
    }
    return this.#controller.signal;
  }
}
