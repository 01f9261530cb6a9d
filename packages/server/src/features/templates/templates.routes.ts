import { pipeline } from 'node:stream/promises';
import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import type { Templates } from './templates.service.ts';

/** Routes of the gallery of templates. */
export function templateRoutes(templates: Templates): readonly RouteImplementation[] {
  return [
    implementRoute(routes.templates.list, async ({ grant }) => ({ templates: await templates.list(grant) })),
    implementRoute(routes.templates.read, async ({ grant, params }) => ({
      template: await templates.read(grant, params.template),
    })),
    implementRoute(routes.templates.screenshot, async ({ params, response, signal }) => {
      const picture = await templates.screenshot(params.template, params.file);
      response.writeHead(200, {
        'Content-Type': 'image/jpeg',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "sandbox; default-src 'none'",
        'Cache-Control': 'private, max-age=3600',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      await pipeline(picture, response).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      return undefined;
    }),
    implementRoute(routes.templates.preview, ({ grant, params, query }) =>
      templates.preview(grant, params.template, query.role),
    ),
    implementRoute(routes.templates.installs, async ({ grant }) => ({ installs: await templates.installs(grant) })),
    implementRoute(routes.templates.install, async ({ grant, params, body, signal }) => {
      const installed = await templates.install(grant, params.template, { ...body, signal });
      return { ...installed, tables: { ...installed.tables } };
    }),
  ];
}
