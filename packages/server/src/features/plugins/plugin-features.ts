import { join, resolve } from 'node:path';
import type { Clock } from '@fettle/base';
import type { PluginManifest } from '@fettle/sdk/plugin';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import type { PluginsOf } from '../../extensions/workspace-extensions.ts';
import type { RouteImplementation } from '../../http/implement-route.ts';
import type { Log } from '../../log.ts';
import type { ServerFetch } from '../../outbound/guarded-fetch.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AppsOfWorkspace } from '../data-sources/source-usage.ts';
import { createComponentCode, type ComponentCode } from './components/component-code.ts';
import { createPluginIndex } from './plugin-index.ts';
import { openPluginStorage } from './plugin-storage.ts';
import { pluginRoutes } from './plugins.routes.ts';
import { Plugins } from './plugins.service.ts';
import { findArchive, type PluginRow } from './plugins.store.ts';
import type { PluginCode } from './process/plugin-code.ts';
import { createPluginProcesses } from './process/plugin-processes.ts';
import { createPluginUpdates } from './updates/plugin-updates.ts';
import { createUnpackedPlugins } from './process/unpacked-plugins.ts';

/** What plugins are made of. */
export interface PluginFeaturesOptions {
  readonly database: Database;
  readonly config: Pick<
    Config,
    'dataFolder' | 'pluginRegistry' | 'pluginPublishers' | 'pluginSignatures' | 'pluginFolders' | 'pluginUpdates'
  >;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly fetch: ServerFetch;
  /** The script that components in frames run on. */
  readonly frameRuntime: string | undefined;
}

/** The plugins of all workspaces. */
export interface PluginFeatures {
  readonly of: PluginsOf;
  readonly sendComponentCode: ComponentCode['send'];
  /** Reads what is installed; other processes on the same store may have changed it. */
  reload(): Promise<void>;
  onChanged(changed: (workspaceId: string) => void): void;
  /** From now on newer versions are looked for, where the operator wants that. */
  start(): void;
  /** The routes, once it is known which apps there are. */
  routes(appsOf: AppsOfWorkspace): readonly RouteImplementation[];
  close(): void;
}

/** Wires plugins: what is installed, the processes their code runs in, and what these may ask for. */
export function createPluginFeatures(options: PluginFeaturesOptions): PluginFeatures {
  const { database, config, clock, log, audit, fetch } = options;
  const unpacked = createUnpackedPlugins({
    folder: join(resolve(config.dataFolder), 'plugins'),
    readArchive: async ({ workspaceId, integrity }) => {
      const row = await findArchive(database.knex, workspaceId, integrity);
      return row === undefined ? undefined : new Uint8Array(row.content);
    },
  });
  const processes = createPluginProcesses({ unpacked, clock, log });
  const codeOf = (row: PluginRow, { title, server = '', permissions }: PluginManifest): PluginCode => ({
    permissions,
    fetch,
    storage: openPluginStorage({ database, clock }, { workspaceId: row.workspace_id, pluginId: row.id }),
    enter: (part) =>
      processes.enter({
        ...(part === undefined ? {} : { part }),
        workspaceId: row.workspace_id,
        pluginId: row.id,
        title,
        integrity: row.integrity,
        module: server,
      }),
  });
  const pluginsOf: PluginsOf = (workspaceId) => index.of(workspaceId);
  const componentCode = createComponentCode({ clock, pluginsOf, unpacked, frameRuntime: options.frameRuntime });
  const index = createPluginIndex({ database, log, codeOf, nameOfCode: componentCode.nameOf });
  const sources = { fetch, registry: config.pluginRegistry, folders: config.pluginFolders };
  const updates = createPluginUpdates({ database, clock, log, sources });
  let stopLooking: () => void = () => undefined;
  return {
    of: index.of,
    start: () => {
      if (config.pluginUpdates === 'daily') stopLooking = updates.start();
    },
    sendComponentCode: componentCode.send,
    reload: index.reload,
    onChanged: index.onChanged,
    routes: (appsOf) =>
      pluginRoutes(
        new Plugins({
          database,
          clock,
          audit,
          index,
          processes,
          appsOf,
          sources,
          updates,
          looksForUpdates: config.pluginUpdates === 'daily',
          publishers: config.pluginPublishers,
          signatures: config.pluginSignatures,
        }),
      ),
    close: () => {
      stopLooking();
      processes.close();
    },
  };
}
