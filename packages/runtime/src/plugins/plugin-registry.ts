import type { PluginComponentInfo, PluginEventActionInfo, RunnableApp } from '@fettle/contract';
import type { ComponentExtension } from '@fettle/sdk/react';
import {
  createExtensionRegistry,
  type ExtensionRegistry,
  type ServerEventAction,
} from '../state/extension-registry.ts';
import type { AppClient } from '../client/app-client.ts';
import { loadPluginComponent } from './load-plugin-component.ts';

/** A component type of a plugin, whose code is loaded when a screen first needs it. */
export function pluginComponent(
  component: PluginComponentInfo,
  client: Pick<AppClient, 'componentCode'>,
): ComponentExtension {
  return { manifest: component.manifest, load: () => loadPluginComponent(component, client) };
}

/** An event action of a plugin, whose code stays on the server. */
export function pluginEventAction({ manifest }: Pick<PluginEventActionInfo, 'manifest'>): ServerEventAction {
  return { manifest, runsOnServer: true };
}

/** The registry of an app: what every page knows, and what plugins bring to this app. */
export function withPlugins(
  known: ExtensionRegistry,
  { components, eventActions }: Pick<RunnableApp, 'components' | 'eventActions'>,
  client: Pick<AppClient, 'componentCode'>,
): ExtensionRegistry {
  if (components.length === 0 && eventActions.length === 0) return known;
  const own = createExtensionRegistry({
    components: components.map((one) => pluginComponent(one, client)),
    eventActions: eventActions.map(pluginEventAction),
  });
  const registryOf = (type: string): ExtensionRegistry => (known.manifest(type) === undefined ? own : known);
  return {
    manifest: (type) => registryOf(type).manifest(type),
    eventAction: (type) => known.eventAction(type) ?? own.eventAction(type),
    load: (type) => registryOf(type).load(type),
    // A page does not wait for what others wrote: their places are there, and fill when it comes.
    whenLoaded: (type) => known.whenLoaded(type),
  };
}
