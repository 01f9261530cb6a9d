import { createCatalog, type ConnectorManifest, type FlowActionManifest } from '@fettle/sdk';
import { migrationsFrom, type PluginManifest } from '@fettle/sdk/plugin';
import type { Database } from '../../database/database.ts';
import type { PluginExtensions, PluginsOf } from '../../extensions/workspace-extensions.ts';
import type { Log } from '../../log.ts';
import { listPlugins, type PluginRow } from './plugins.store.ts';
import { pluginConnector } from './process/plugin-connector.ts';
import type { PluginCode } from './process/plugin-code.ts';
import { pluginFlowAction } from './process/plugin-flow-action.ts';

/** Everything that enabled plugins bring, of all workspaces, in memory: looked up at once by every request. */
export interface PluginIndex {
  readonly of: PluginsOf;
  /** Reads what is installed. Call it before anything else, and whenever something may have changed. */
  reload(): Promise<void>;
  /** Calls back with the workspaces whose plugins changed. Answers how to stop. */
  onChanged(changed: (workspaceId: string) => void): void;
}

/** Makes the index. */
export function createPluginIndex(options: {
  readonly database: Database;
  readonly log: Log;
  readonly codeOf: (row: PluginRow, manifest: PluginManifest) => PluginCode;
}): PluginIndex {
  const { database, log, codeOf } = options;
  const listeners: ((workspaceId: string) => void)[] = [];
  let known = new Map<string, { readonly mark: string; readonly extensions: PluginExtensions }>();
  let reading: Promise<void> | undefined;
  let isWanted = false;

  const extensionsOf = (rows: readonly PluginRow[]): PluginExtensions => {
    const connectors: ReturnType<typeof pluginConnector>[] = [];
    const flowActions: ReturnType<typeof pluginFlowAction>[] = [];
    for (const row of rows) {
      try {
        const manifest = JSON.parse(row.manifest) as PluginManifest;
        const code = codeOf(row, manifest);
        for (const one of contributed(manifest).connectors) connectors.push(pluginConnector(code, one));
        for (const one of contributed(manifest).flowActions) flowActions.push(pluginFlowAction(code, one));
      } catch (error) {
        // One that cannot be read does not take the others along.
        log.error({ err: error, plugin: row.id, workspace: row.workspace_id }, 'A plugin cannot be read');
      }
    }
    return {
      connectors: new Map(connectors.map((one) => [one.manifest.id, one])),
      flowActions: new Map(flowActions.map((one) => [one.manifest.id, one])),
      catalog: createCatalog({
        components: [],
        eventActions: [],
        flowActions: flowActions.map(({ manifest }) => manifest),
      }),
    };
  };
  const read = async (): Promise<void> => {
    const enabled = (await listPlugins(database.knex)).filter((row) => Boolean(row.is_enabled));
    const next: typeof known = new Map();
    for (const [workspaceId, rows] of Map.groupBy(enabled, (row) => row.workspace_id)) {
      const mark = JSON.stringify(rows.map(({ id, integrity, manifest }) => [id, integrity, manifest]));
      const before = known.get(workspaceId);
      next.set(workspaceId, before?.mark === mark ? before : { mark, extensions: extensionsOf(rows) });
    }
    const before = known;
    known = next;
    const changed = [...new Set([...before.keys(), ...next.keys()])].filter((id) => before.get(id) !== next.get(id));
    for (const id of changed) for (const listener of listeners) listener(id);
  };
  const reload = async (): Promise<void> => {
    isWanted = true;
    reading ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await read();
      }
    })().finally(() => (reading = undefined));
    await reading;
  };
  return {
    of: (workspaceId) => known.get(workspaceId)?.extensions,
    reload,
    onChanged: (changed) => void listeners.push(changed),
  };
}

/** What a plugin brings, as manifests of extensions: migrations are functions in them. */
export function contributed({ contributions }: PluginManifest): {
  readonly connectors: readonly ConnectorManifest[];
  readonly flowActions: readonly FlowActionManifest[];
} {
  const withMigrations = (list: readonly object[] | undefined): readonly object[] =>
    (list ?? []).map((manifest) => {
      const { migrations, ...rest } = manifest as { readonly migrations?: Parameters<typeof migrationsFrom>[0] };
      return migrations === undefined ? rest : { ...rest, migrations: migrationsFrom(migrations) };
    });
  return {
    connectors: withMigrations(contributions.connectors) as unknown as readonly ConnectorManifest[],
    flowActions: withMigrations(contributions.flowActions) as unknown as readonly FlowActionManifest[],
  };
}
