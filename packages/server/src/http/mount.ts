import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import { bug, toProblemDetails } from '@fettle/base';
import { allRoutes } from '@fettle/contract';
import type { Log } from '../log.ts';
import type { Dispatch } from './dispatch.ts';
import type { RouteImplementation } from './implement-route.ts';
import type { WebPages } from './web-pages.ts';

/** What the HTTP server is made of. */
export interface MountOptions {
  readonly routes: readonly RouteImplementation[];
  readonly dispatch: Dispatch;
  readonly pages: WebPages;
  readonly log: Log;
}

/**
 * Makes the HTTP server. Requests under `/api` go straight to the dispatcher; Express serves the pages. What neither
 * knows is answered with 404.
 */
export function mount(options: MountOptions): Server {
  assertComplete(options.routes);
  const { dispatch } = options;
  const pages = createPagesApp(options.pages, options.log);
  const server = createServer(
    {
      // Slow senders are cut off: headers within 15 s, a whole request within two minutes.
      headersTimeout: 15_000,
      requestTimeout: 120_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      const url = request.url ?? '/';
      if (url.startsWith('/api/') || url === '/api') void dispatch(request, response);
      else pages(request, response);
    },
  );
  server.maxConnections = 10_000;
  return server;
}

/** Every declared route has exactly one implementation, and nothing else is served. */
function assertComplete(implementations: readonly RouteImplementation[]): void {
  const implemented = new Set(implementations.map(({ route }) => route));
  const missing = allRoutes.filter((route) => !implemented.has(route));
  if (missing.length > 0) throw bug(`Routes without implementation: ${missing.map(({ id }) => id).join(', ')}.`);
  const declared = new Set(allRoutes);
  const unknown = implementations.filter(({ route }) => !declared.has(route));
  if (unknown.length > 0)
    throw bug(`Routes that the contract does not declare: ${unknown.map(({ route }) => route.id).join(', ')}.`);
}

function createPagesApp(pages: WebPages, log: Log): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((request, response) => pages.serve(request, response));
  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    log.error({ err: error }, 'A page could not be served');
    if (response.headersSent) response.destroy();
    else
      response
        .status(500)
        .type('application/problem+json')
        .send(JSON.stringify(toProblemDetails(error)));
  });
  return app;
}
