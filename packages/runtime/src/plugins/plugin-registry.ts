import type { PluginComponentInfo } from '@fettle/contract';
import type { ComponentExtension } from '@fettle/sdk/react';
import { createExtensionRegistry, type ExtensionRegistry } from '../state/extension-registry.ts';
import type { AppClient } from '../client/app-client.ts';
import { loadPluginComponent } from './load-plugin-component.ts';

/** A component type of a plugin, whose code is loaded when a screen first needs it. */
export function pluginComponent(
  component: PluginComponentInfo,
  client: Pick<AppClient, 'componentCode'>,
): ComponentExtension {
  return { manifest: component.manifest, load: () => loadPluginComponent(component, client) };
}

/** The registry of an app: what every page knows, and the component types that plugins bring to this app. */
export function withPluginComponents(
  known: ExtensionRegistry,
  components: readonly PluginComponentInfo[],
  client: Pick<AppClient, 'componentCode'>,
): ExtensionRegistry {
  if (components.length === 0) return known;
  const own = createExtensionRegistry({ components: components.map((one) => pluginComponent(one, client)) });
  const registryOf = (type: string): ExtensionRegistry => (known.manifest(type) === undefined ? own : known);
  return {
    manifest: (type) => registryOf(type).manifest(type),
    eventAction: (type) => known.eventAction(type),
    load: (type) => registryOf(type).load(type),
    // A page does not wait for what others wrote: their places are there, and fill when it comes.
    whenLoaded: (type) => known.whenLoaded(type),
  };
}
