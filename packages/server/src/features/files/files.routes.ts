import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import type { Files } from './files.service.ts';

/** Routes that store and send attachment files. */
export function fileRoutes(files: Files): readonly RouteImplementation[] {
  return [routes.apps.draftFiles, routes.apps.files].flatMap((group) => {
    const served = group as typeof routes.apps.files;
    return [
      implementRoute(served.upload, async (context) => ({
        file: await files.upload({
          grant: context.grant,
          running: runningAppOf(context),
          request: context.request,
          maxBytes: served.upload.maxBodyBytes ?? 50 * 1024 * 1024,
        }),
      })),
      implementRoute(served.download, async (context) => {
        await files.download({
          grant: context.grant,
          file: context.params.file,
          response: context.response,
          signal: context.signal,
        });
        return undefined;
      }),
    ];
  });
}
