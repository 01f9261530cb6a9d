import type { PluginComponentInfo } from '@fettle/contract';
import type { ComponentManifest } from '@fettle/sdk';
import type { PluginManifest } from '@fettle/sdk/plugin';
import { isTrusted, type PluginRow } from '../plugins.store.ts';

/** A component type of an installed plugin, with where its code is. */
export interface PluginComponent extends PluginComponentInfo {
  readonly integrity: string;
  /** Hosts that its frame may ask. */
  readonly hosts: readonly string[];
}

/** The component types of one installed plugin. */
export function pluginComponents(
  row: PluginRow,
  manifest: PluginManifest,
  nameOfCode: (integrity: string, isTrusted: boolean) => string,
): readonly PluginComponent[] {
  const { id, title, contributions, permissions } = manifest;
  return (contributions.components ?? []).map((component) => ({
    plugin: id,
    pluginTitle: title,
    manifest: component as unknown as ComponentManifest,
    isTrusted: isTrusted(row),
    code: nameOfCode(row.integrity, isTrusted(row)),
    integrity: row.integrity,
    hosts: permissions.network ?? [],
  }));
}

/** What browsers are told of it. */
export function describeComponent(component: PluginComponentInfo): PluginComponentInfo {
  const { plugin, pluginTitle, manifest, isTrusted: trusted, code } = component;
  return { plugin, pluginTitle, manifest, isTrusted: trusted, code };
}
