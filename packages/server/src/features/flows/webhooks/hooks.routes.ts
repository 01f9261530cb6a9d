import { routes } from '@fettle/contract';
import { implementRoute, type RouteContext, type RouteImplementation } from '../../../http/implement-route.ts';
import { readBytes } from '../../../http/read-body.ts';
import type { HookReply } from './hook-replies.ts';
import type { Hooks } from './hooks.service.ts';

/** Routes by which other systems start flows. */
export function hookRoutes(hooks: Hooks): readonly RouteImplementation[] {
  return Object.values(routes.hooks).map((route) =>
    implementRoute(route, async (context) => {
      const reply = await hooks.call({
        app: context.params.app,
        path: context.params.hook,
        method: route.method,
        query: context.query,
        headers: context.request.headers,
        readBody: () => readBytes(context.request, route.maxBodyBytes ?? 0),
        address: context.address,
        signal: context.signal,
      });
      send(context, reply);
    }),
  );
}

// These have no body, and some clients wait for one that is announced.
const bodiless = new Set([204, 205, 304]);

function send({ response }: RouteContext, { status, headers, body }: HookReply): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
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
