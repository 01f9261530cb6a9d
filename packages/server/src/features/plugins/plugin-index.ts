import { createCatalog, type ComponentManifest, type FunctionManifest } from '@fettle/sdk';
import { contributed, type PluginManifest } from '@fettle/sdk/plugin';
import type { Database } from '../../database/database.ts';
import type { PluginEventAction, PluginExtensions, PluginsOf } from '../../extensions/workspace-extensions.ts';
import type { Log } from '../../log.ts';
import { pluginComponents, type PluginComponent } from './components/plugin-component.ts';
import { isTrusted, listPlugins, type PluginRow } from './plugins.store.ts';
import { pluginConnector } from './process/plugin-connector.ts';
import type { PluginCode } from './process/plugin-code.ts';
import { pluginEventAction } from './process/plugin-event-action.ts';
import { pluginFlowAction } from './process/plugin-flow-action.ts';
import { pluginFlowTrigger } from './process/plugin-flow-trigger.ts';

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
  /** Names the code of a plugin's components. */
  readonly nameOfCode: (integrity: string, isTrusted: boolean) => string;
}): PluginIndex {
  const { database, log, codeOf, nameOfCode } = options;
  const listeners: ((workspaceId: string) => void)[] = [];
  let known = new Map<string, { readonly mark: string; readonly extensions: PluginExtensions }>();
  let reading: Promise<void> | undefined;
  let isWanted = false;

  const extensionsOf = (rows: readonly PluginRow[]): PluginExtensions => {
    const connectors: ReturnType<typeof pluginConnector>[] = [];
    const eventActions: PluginEventAction[] = [];
    const flowActions: ReturnType<typeof pluginFlowAction>[] = [];
    const flowTriggers: ReturnType<typeof pluginFlowTrigger>[] = [];
    const componentManifests: ComponentManifest[] = [];
    const functions: FunctionManifest[] = [];
    const components: PluginComponent[] = [];
    for (const row of rows) {
      try {
        const manifest = JSON.parse(row.manifest) as PluginManifest;
        const code = codeOf(row, manifest);
        const brought = contributed(manifest);
        for (const one of brought.connectors) connectors.push(pluginConnector(code, one));
        for (const one of brought.eventActions)
          eventActions.push({
            info: { plugin: manifest.id, pluginTitle: manifest.title, manifest: one },
            extension: pluginEventAction(code, one),
          });
        for (const one of brought.flowActions) flowActions.push(pluginFlowAction(code, one));
        for (const one of brought.flowTriggers) flowTriggers.push(pluginFlowTrigger(code, one));
        componentManifests.push(...brought.components);
        functions.push(...brought.functions);
        components.push(...pluginComponents(row, manifest, nameOfCode));
      } catch (error) {
        // One that cannot be read does not take the others along.
        log.error({ err: error, plugin: row.id, workspace: row.workspace_id }, 'A plugin cannot be read');
      }
    }
    return {
      connectors: new Map(connectors.map((one) => [one.manifest.id, one])),
      eventActions: new Map(eventActions.map((one) => [one.extension.manifest.id, one])),
      flowActions: new Map(flowActions.map((one) => [one.manifest.id, one])),
      flowTriggers: new Map(flowTriggers.map((one) => [one.manifest.id, one])),
      components: new Map(components.map((one) => [one.manifest.id, one])),
      catalog: createCatalog({
        components: componentManifests,
        eventActions: eventActions.map(({ extension }) => extension.manifest),
        flowActions: flowActions.map(({ manifest }) => manifest),
        flowTriggers: flowTriggers.map(({ manifest }) => manifest),
        functions,
      }),
    };
  };
  const read = async (): Promise<void> => {
    const enabled = (await listPlugins(database.knex)).filter((row) => Boolean(row.is_enabled));
    const next: typeof known = new Map();
    for (const [workspaceId, rows] of Map.groupBy(enabled, (row) => row.workspace_id)) {
      const mark = JSON.stringify(rows.map((row) => [row.id, row.integrity, row.manifest, isTrusted(row)]));
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
