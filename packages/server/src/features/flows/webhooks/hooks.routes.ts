import { routes } from '@fettle/contract';
import { implementRoute, type RouteContext, type RouteImplementation } from '../../../http/implement-route.ts';
import { readBytes } from '../../../http/read-body.ts';
import type { HookReply } from './hook-replies.ts';
import type { Hooks } from './hooks.service.ts';

/** Routes by which other systems start flows. */
export function hookRoutes(hooks: Hooks): readonly RouteImplementation[] {
  const { options, ...called } = routes.hooks;
  const preflight = implementRoute(options, async (context) => {
    const { app, hook } = context.params;
    send(context, await hooks.preflight({ app, path: hook, headers: context.request.headers }));
  });
  const calls = Object.values(called).map((route) =>
    implementRoute(route, async (context) => {
      const reply = await hooks.call({
        app: context.params.app,
        path: context.params.hook,
        method: route.method,
        query: context.query,
        headers: context.request.headers,
        readBody: () => readBytes(context.request, route.maxBodyBytes ?? 0),
        address: context.address,
        setHeaders: (headers) => setHeaders(context, headers),
        signal: context.signal,
      });
      send(context, reply);
    }),
  );
  return [preflight, ...calls];
}

function setHeaders({ response }: Pick<RouteContext, 'response'>, headers: Readonly<Record<string, string>>): void {
  if (response.headersSent) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

// These have no body, and some clients wait for one that is announced.
const bodiless = new Set([204, 205, 304]);

function send({ response }: RouteContext, { status, headers, body }: HookReply): void {
  if (response.destroyed) return;
  setHeaders({ response }, headers);
  response.statusCode = status;
  if (bodiless.has(status)) {
    response.removeHeader('Content-Type');
    response.end();
    return;
  }
  const isText = !String(headers['content-type'] ?? 'application/json').includes('json') && typeof body === 'string';
  const text = body === null && headers['content-type'] === undefined ? '' : isText ? body : JSON.stringify(body);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
