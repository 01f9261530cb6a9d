import type { PluginComponentInfo, PluginEventActionInfo } from '@fettle/contract';
import type { ExtensionCatalog } from '@fettle/definition';
import type { ConnectorManifest, FlowActionManifest, FlowTriggerManifest } from '@fettle/sdk';
import type { ConnectorExtension, FlowActionExtension, FlowTriggerExtension } from '@fettle/sdk/server';
import type { ServerEventAction } from '../features/plugins/process/plugin-event-action.ts';

/** The catalog of a workspace: the same object until something is installed, updated or removed there. */
export type CatalogOf = (workspaceId: string) => ExtensionCatalog;

/** An event action of a plugin: what browsers learn of it, and its code. */
export interface PluginEventAction {
  readonly info: PluginEventActionInfo;
  readonly extension: ServerEventAction;
}

/** What plugins bring to one workspace. */
export interface PluginExtensions {
  /** Changes whenever what is installed does. */
  readonly catalog: ExtensionCatalog;
  readonly connectors: ReadonlyMap<string, ConnectorExtension>;
  /** Event actions: their code runs on the server. */
  readonly eventActions: ReadonlyMap<string, PluginEventAction>;
  readonly flowActions: ReadonlyMap<string, FlowActionExtension>;
  /** Triggers that the server keeps at work. */
  readonly flowTriggers: ReadonlyMap<string, FlowTriggerExtension>;
  /** Component types: their code runs in browsers. */
  readonly components: ReadonlyMap<string, PluginComponentInfo>;
}

/** The extensions that a workspace has: the built-in ones, and those of its plugins. */
export interface WorkspaceExtensions {
  readonly catalogOf: CatalogOf;
  /** Undefined when there is none of this id. */
  connector(workspaceId: string, id: string): ConnectorExtension | undefined;
  /** Those whose code runs on the server. */
  eventAction(workspaceId: string, type: string): ServerEventAction | undefined;
  flowAction(workspaceId: string, type: string): FlowActionExtension | undefined;
  flowTrigger(workspaceId: string, type: string): FlowTriggerExtension | undefined;
  /** Those of these component types that plugins bring. */
  pluginComponents(workspaceId: string, types: Iterable<string>): readonly PluginComponentInfo[];
  /** The same for event actions. */
  pluginEventActions(workspaceId: string, types: Iterable<string>): readonly PluginEventActionInfo[];
  /** Of built-in connectors, which every workspace has. */
  readonly connectorManifests: readonly ConnectorManifest[];
}

/** Of a workspace's plugins; undefined when it has none. Looked up at once, without waiting. */
export type PluginsOf = (workspaceId: string) => PluginExtensions | undefined;

/** Puts built-in extensions and those of plugins together. No plugin can take the place of a built-in one. */
export function createWorkspaceExtensions(
  builtIn: {
    readonly catalog: ExtensionCatalog;
    readonly connectors: readonly ConnectorExtension[];
    readonly flowActions: readonly FlowActionExtension[];
    readonly flowTriggers: readonly FlowTriggerExtension[];
  },
  pluginsOf: PluginsOf,
): WorkspaceExtensions {
  const connectors = byId<ConnectorManifest, ConnectorExtension>(builtIn.connectors);
  const flowActions = byId<FlowActionManifest, FlowActionExtension>(builtIn.flowActions);
  const flowTriggers = byId<FlowTriggerManifest, FlowTriggerExtension>(builtIn.flowTriggers);
  const joined = new WeakMap<ExtensionCatalog, ExtensionCatalog>();
  return {
    catalogOf(workspaceId) {
      const plugins = pluginsOf(workspaceId)?.catalog;
      if (plugins === undefined) return builtIn.catalog;
      let catalog = joined.get(plugins);
      if (catalog === undefined) joined.set(plugins, (catalog = joinCatalogs(builtIn.catalog, plugins)));
      return catalog;
    },
    connector: (workspaceId, id) => connectors.get(id) ?? pluginsOf(workspaceId)?.connectors.get(id),
    eventAction: (workspaceId, type) => pluginsOf(workspaceId)?.eventActions.get(type)?.extension,
    flowAction: (workspaceId, type) => flowActions.get(type) ?? pluginsOf(workspaceId)?.flowActions.get(type),
    flowTrigger: (workspaceId, type) => flowTriggers.get(type) ?? pluginsOf(workspaceId)?.flowTriggers.get(type),
    pluginComponents(workspaceId, types) {
      const components = pluginsOf(workspaceId)?.components;
      if (components === undefined) return [];
      return [...new Set(types)].map((type) => components.get(type)).filter((one) => one !== undefined);
    },
    pluginEventActions(workspaceId, types) {
      const actions = pluginsOf(workspaceId)?.eventActions;
      if (actions === undefined) return [];
      return [...new Set(types)].map((type) => actions.get(type)?.info).filter((one) => one !== undefined);
    },
    connectorManifests: builtIn.connectors.map(({ manifest }) => manifest),
  };
}

function byId<M extends { readonly id: string }, E extends { readonly manifest: M }>(
  extensions: readonly E[],
): ReadonlyMap<string, E> {
  return new Map(extensions.map((extension) => [extension.manifest.id, extension]));
}

function joinCatalogs(first: ExtensionCatalog, second: ExtensionCatalog): ExtensionCatalog {
  return {
    component: (type) => first.component(type) ?? second.component(type),
    eventAction: (type) => first.eventAction(type) ?? second.eventAction(type),
    flowAction: (type) => first.flowAction?.(type) ?? second.flowAction?.(type),
    flowTrigger: (type) => first.flowTrigger?.(type) ?? second.flowTrigger?.(type),
    ...(second.functions === undefined ? {} : { functions: second.functions }),
  };
}
