import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '@fettle/access';
import { AppError, bug, inputError, notFound } from '@fettle/base';
import type { Route } from '@fettle/contract';
import { auditWorkspaceOf, type Audit } from '../features/audit/audit.service.ts';
import type { Log } from '../log.ts';
import { absent, checkAccess, signInFirst, type AccessLookups } from './check-access.ts';
import type { RequestSession, RouteImplementation } from './implement-route.ts';
import { assertSameOrigin, clientAddress } from './origin.ts';
import { assertAnnouncedSize, defaultMaxBodyBytes, drain, readJsonBody } from './read-body.ts';
import { RequestContext, type RequestFacts } from './request-context.ts';
import { RouteTree } from './route-tree.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { sendJson, sendProblem } from './send.ts';
import { createRouteValidators, invalidInput, type RouteValidators } from './validate.ts';

/** Who sent a request. */
export interface Identity {
  readonly actor: Actor;
  readonly session: RequestSession | undefined;
  /** They came with a session or key that no longer holds: they must sign in again, not be served as a stranger. */
  readonly isStale: boolean;
}

/** What answering API requests needs. */
export interface DispatchOptions {
  readonly routes: readonly RouteImplementation[];
  readonly authenticate: (request: IncomingMessage) => Identity | Promise<Identity>;
  readonly access: AccessLookups;
  readonly audit: Pick<Audit, 'recordDenial'>;
  readonly headers: SecurityHeaders;
  readonly publicOrigin: string | undefined;
  readonly trustedProxies: number;
  readonly log: Log;
}

/** Answers one API request, completely. Never rejects. */
export type Dispatch = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Reads for a page what its app would ask for next: as the person who asks for the page, with the same checks as a
 * request of their own. Rejects like the route would. Routes that run a release and answer with JSON only.
 */
export type AskForPage = (
  page: { readonly request: IncomingMessage; readonly response: ServerResponse },
  asked: { readonly route: Route; readonly params: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<unknown>;

interface CompiledRoute extends RouteImplementation {
  readonly validators: RouteValidators;
  readonly maxBodyBytes: number;
  readonly isPublic: boolean;
}

type Texts = Record<string, string | undefined>;

/**
 * One function for every API request: look the route up, find out who asks, prove access, check the input, call the
 * handler, write once. Nothing is answered that is not a declared route with a proven access.
 */
export function createDispatch(options: DispatchOptions): { readonly dispatch: Dispatch; readonly ask: AskForPage } {
  const compiled = compileRoutes(options.routes);
  const tree = new RouteTree<CompiledRoute>();
  for (const entry of compiled.values()) tree.add(entry.route.method, entry.route.path, entry);
  const boot = Date.now().toString(36);
  let count = 0;
  const factsOf = (request: IncomingMessage, response: ServerResponse): RequestFacts => {
    count += 1;
    return {
      requestId: `${boot}-${count.toString(36)}`,
      address: clientAddress(request, options.trustedProxies),
      request,
      response,
    };
  };
  const dispatch: Dispatch = async (request, response) => {
    const facts = factsOf(request, response);
    const seen: Seen = { route: undefined, actor: undefined, params: undefined };
    try {
      await answer(options, tree, facts, seen);
    } catch (error) {
      fail(options, facts, seen, error);
    }
    if (options.log.isLevelEnabled('debug')) logRequest(options.log, facts, seen);
  };
  const ask: AskForPage = async ({ request, response }, { route, params, body }) => {
    const entry = compiled.get(route);
    if (entry === undefined || route.access.kind !== 'release' || route.transfer !== undefined)
      throw bug(`${route.id} is not for pages to ask.`);
    const facts = factsOf(request, response);
    const identity = await options.authenticate(request);
    if (mustSignIn(identity, route.access.kind)) throw signInFirst();
    const given = { params: { ...params }, query: {}, readBody: () => checkBody(entry, body) };
    return entry.handle(await admit(options, entry, { facts, identity, ...given }));
  };
  return { dispatch, ask };
}

interface Seen {
  route: CompiledRoute | undefined;
  actor: Actor | undefined;
  params: Texts | undefined;
}

function compileRoutes(routes: readonly RouteImplementation[]): ReadonlyMap<Route, CompiledRoute> {
  const validatorsOf = createRouteValidators();
  return new Map(
    routes.map((implementation) => {
      const { route } = implementation;
      const entry: CompiledRoute = {
        ...implementation,
        validators: validatorsOf(route),
        maxBodyBytes: route.maxBodyBytes ?? defaultMaxBodyBytes,
        isPublic: route.access.kind === 'public',
      };
      return [route, entry];
    }),
  );
}

async function answer(
  options: DispatchOptions,
  tree: RouteTree<CompiledRoute>,
  facts: RequestFacts,
  seen: Seen,
): Promise<void> {
  const { request, response } = facts;
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const found = findRoute(tree, request, mark === -1 ? url : url.slice(0, mark));
  const { compiled } = found;
  seen.route = compiled;
  const isExchange = compiled.route.transfer === 'exchange';
  if (request.method !== 'GET' && request.headers.authorization === undefined && !isExchange)
    assertSameOrigin(request, options.publicOrigin);
  // What proves who a system is, its route looks at; it is nothing that people sign in with.
  const pending = isExchange ? nobody : options.authenticate(request);
  const identity = pending instanceof Promise ? await pending : pending;
  seen.actor = identity.actor;
  const { route } = compiled;
  if (!compiled.isPublic && mustSignIn(identity, route.access.kind)) throw signInFirst();
  const params = decodeParams(found.names, found.values, identity.actor);
  seen.params = params;
  const query = mark === -1 ? {} : parseQuery(url.slice(mark + 1));
  const readBody = async (): Promise<unknown> =>
    checkBody(compiled, await readJsonBody(request, compiled.maxBodyBytes));
  const context = await admit(options, compiled, { facts, identity, params, query, readBody });
  await run(options, compiled, context, response);
}

const nobody: Identity = { actor: { kind: 'visitor' }, session: undefined, isStale: false };

interface Given {
  readonly facts: RequestFacts;
  readonly identity: Identity;
  readonly params: Texts;
  readonly query: Texts;
  readonly readBody: () => unknown;
}

/** Proves access first, then checks the input: whoever may not ask learns nothing of what would be right. */
async function admit(options: DispatchOptions, compiled: CompiledRoute, given: Given): Promise<RequestContext> {
  const { facts, identity, params, query } = given;
  const { route, validators } = compiled;
  if (validators.params?.(params) !== undefined) throw compiled.isPublic ? unknownAddress() : absent(identity.actor);
  const access = await checkAccess(options.access, route, { actor: identity.actor, params, query });
  const context = new RequestContext(route, facts, identity);
  context.allowed = access.grant;
  context.running = access.running;
  context.params = params;
  const problems = validators.query(query);
  if (problems !== undefined) throw invalidInput('query', problems);
  context.query = query;
  if (validators.body !== undefined) {
    const body = given.readBody();
    context.body = body instanceof Promise ? await body : body;
  }
  return context;
}

const unknownAddress = () =>
  notFound({ code: 'route.unknown', message: 'This address does not exist.', hint: 'See /api/openapi.json.' });

function findRoute(tree: RouteTree<CompiledRoute>, request: IncomingMessage, path: string) {
  const found = tree.find(path);
  if (found === undefined) throw unknownAddress();
  const leaf = found.methods.get(request.method ?? '');
  if (leaf === undefined) {
    throw inputError({
      code: 'route.method',
      message: `This address does not take ${request.method}.`,
      details: { allowed: [...found.methods.keys()] },
    });
  }
  return { compiled: leaf.value, names: leaf.names, values: found.values };
}

// Running apps may be open to visitors; everything else needs somebody.
function mustSignIn(identity: Identity, kind: string): boolean {
  return identity.actor.kind === 'visitor' && (identity.isStale || kind !== 'release');
}

function decodeParams(names: readonly string[], values: readonly string[], actor: Actor): Texts {
  const params: Texts = {};
  for (let index = 0; index < names.length; index += 1) {
    const value = values[index] as string;
    try {
      params[names[index] as string] = value.includes('%') ? decodeURIComponent(value) : value;
    } catch {
      throw absent(actor);
    }
  }
  return params;
}

function parseQuery(text: string): Texts {
  const query: Texts = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(query, name) || name === '__proto__') {
      throw inputError({ code: 'query.duplicate', message: `"${name.slice(0, 100)}" stands twice in the address.` });
    }
    query[name] = value;
  }
  return query;
}

function checkBody(compiled: CompiledRoute, body: unknown): unknown {
  const problems = compiled.validators.body?.(body);
  if (problems !== undefined) throw invalidInput('body', problems);
  return body;
}

async function run(
  options: DispatchOptions,
  compiled: CompiledRoute,
  context: RequestContext,
  response: ServerResponse,
): Promise<void> {
  const { transfer } = compiled.route;
  if (transfer === 'upload') assertAnnouncedSize(context.request, compiled.maxBodyBytes);
  if (transfer === 'download' || transfer === 'exchange') {
    const { api } = options.headers;
    for (let index = 0; index < api.length; index += 2)
      response.setHeader(api[index] as string, api[index + 1] as string);
    await compiled.handle(context);
    if (!response.headersSent) throw bug(`${compiled.route.id} wrote no answer.`);
    return;
  }
  const result = compiled.handle(context);
  const output = result instanceof Promise ? ((await result) as unknown) : result;
  if (response.destroyed) return;
  sendJson(response, output, options.headers.api);
  if (!context.request.complete) drain(context.request);
}

function fail(options: DispatchOptions, facts: RequestFacts, seen: Seen, error: unknown): void {
  const { request, response, requestId } = facts;
  noteFailure(options, facts, seen, error);
  if (response.destroyed) return;
  if (response.headersSent) {
    // Half an answer must not look like a whole one.
    response.destroy();
    return;
  }
  const allowed = error instanceof AppError && error.code === 'route.method' ? error.details?.['allowed'] : undefined;
  if (Array.isArray(allowed)) response.setHeader('Allow', allowed.join(', '));
  sendProblem(response, error, { requestId, headers: options.headers.api });
  drain(request);
}

function noteFailure(options: DispatchOptions, facts: RequestFacts, seen: Seen, error: unknown): void {
  const known = error instanceof AppError ? error : undefined;
  const routeId = seen.route?.route.id ?? 'unknown';
  if (known === undefined || known.kind === 'bug' || known.kind === 'unavailable') {
    if (!facts.response.destroyed)
      options.log.error({ requestId: facts.requestId, route: routeId, err: error }, 'A request failed');
    return;
  }
  const { actor, params } = seen;
  const isDenied = known.kind === 'not-allowed' || known.code === 'not-found';
  if (!isDenied || actor === undefined || actor.kind === 'visitor') return;
  options.audit.recordDenial({
    actor,
    action: routeId,
    workspaceId: auditWorkspaceOf(actor, params?.['workspaceId']),
    target: Object.values(params ?? {}).join(' '),
    details: { requestId: facts.requestId, address: facts.address, code: known.code },
  });
}

function logRequest(log: Log, facts: RequestFacts, seen: Seen): void {
  const { request, response, requestId, address } = facts;
  log.debug(
    {
      requestId,
      address,
      method: request.method,
      route: seen.route?.route.id,
      status: response.statusCode,
      actor: seen.actor?.kind,
    },
    'Request',
  );
}
