import type { Readable } from 'node:stream';
import { AppError } from '@fettle/base';
import { routes } from '@fettle/contract';
import { archiveLimits } from '@fettle/sdk/plugin';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { readUpload } from '../files/read-upload.ts';
import type { Plugins } from './plugins.service.ts';

/** Plugins of a workspace. */
export function pluginRoutes(plugins: Plugins): readonly RouteImplementation[] {
  const { list, extensions, extensionsOfApp, upload, inspect, install, change, trust, lookForUpdate, usage, remove } =
    routes.plugins;
  return [
    implementRoute(list, async ({ grant }) => ({
      plugins: [...(await plugins.list(grant))],
      allows: plugins.allows(),
    })),
    implementRoute(extensions, ({ grant }) => plugins.extensions(grant)),
    implementRoute(extensionsOfApp, ({ grant }) => plugins.extensions(grant)),
    implementRoute(upload, async ({ grant, request }) => ({
      inspection: await plugins.look(
        grant,
        'file',
        await readUpload(request, async (name, content) => ({
          name: name.slice(-200),
          archive: await collect(content, archiveLimits.packedBytes),
        })),
      ),
    })),
    implementRoute(inspect, async ({ grant, body, signal }) => ({
      inspection: await plugins.inspect(grant, body.from, signal),
    })),
    implementRoute(install, async ({ grant, body }) => ({ plugin: await plugins.install(grant, body) })),
    implementRoute(change, async ({ grant, params, body }) => ({
      plugin: await plugins.enable(grant, params.plugin, body.isEnabled),
    })),
    implementRoute(trust, async ({ grant, params, body }) => ({
      plugin: await plugins.trust(grant, params.plugin, body),
    })),
    implementRoute(lookForUpdate, async ({ grant, params }) => ({
      plugin: await plugins.lookForUpdate(grant, params.plugin),
    })),
    implementRoute(usage, async ({ grant, params }) => ({ uses: [...(await plugins.uses(grant, params.plugin))] })),
    implementRoute(remove, async ({ grant, params }) => {
      await plugins.remove(grant, params.plugin);
      return undefined;
    }),
  ];
}

async function collect(content: Readable, mostBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes)
      throw new AppError('too-large', {
        code: 'plugin.archive-too-large',
        message: `The archive is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB.`,
        hint: 'Leave out what the plugin does not need at run time: sources, tests, node_modules.',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
