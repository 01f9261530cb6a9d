import { routes } from '@fettle/contract';
import { workspaceIdOf } from '../../grants.ts';
import { implementRoute, type RouteContext, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import type { FilePlace, Files } from './files.service.ts';

/** Routes that store and send attachment files: of running apps, and of rows that builders edit. */
export function fileRoutes(files: Files): readonly RouteImplementation[] {
  return [
    ...routesOf(files, routes.apps.draftFiles as unknown as FileRoutes, runningAppOf),
    ...routesOf(files, routes.apps.files, runningAppOf),
    ...routesOf(files, routes.dataSources.files as unknown as FileRoutes, ({ grant }) => ({
      workspaceId: workspaceIdOf(grant),
      appId: '',
      // Builders browse the data of development.
      environment: 'development',
    })),
  ];
}

type FileRoutes = typeof routes.apps.files;

function routesOf(
  files: Files,
  served: FileRoutes,
  placeOf: (context: Pick<RouteContext, 'running' | 'route' | 'grant'>) => FilePlace,
): readonly RouteImplementation[] {
  return [
    implementRoute(served.upload, async (context) => ({
      file: await files.upload({
        grant: context.grant,
        place: placeOf(context),
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
}
