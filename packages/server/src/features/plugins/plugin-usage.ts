import { isJsonObject } from '@fettle/base';
import type { PluginUse } from '@fettle/contract';
import { calledOfPlugin } from '@fettle/definition';
import type { Database } from '../../database/database.ts';
import { listDataSources } from '../data-sources/data-sources.store.ts';
import type { AppsOfWorkspace } from '../data-sources/source-usage.ts';

/** The apps and data sources of a workspace that use something of a plugin. */
export async function findPluginUses(
  options: { readonly database: Database; readonly appsOf: AppsOfWorkspace },
  workspaceId: string,
  pluginId: string,
): Promise<readonly PluginUse[]> {
  const uses: PluginUse[] = [];
  for (const { id, name, definitions } of await options.appsOf(workspaceId)) {
    const types = new Set<string>();
    for (const definition of definitions) {
      collectTypes(definition, `${pluginId}/`, types);
      for (const name of calledOfPlugin(definition, pluginId)) types.add(name);
    }
    if (types.size > 0) uses.push({ kind: 'app', id, name, types: [...types].sort() });
  }
  for (const { id, name, connector } of await listDataSources(options.database.knex, workspaceId)) {
    if (connector.startsWith(`${pluginId}/`)) uses.push({ kind: 'data-source', id, name, types: [connector] });
  }
  return uses;
}

// Whatever has a type of the plugin counts: components, event actions, steps and triggers, wherever they stand.
function collectTypes(value: unknown, prefix: string, types: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectTypes(item, prefix, types);
  } else if (isJsonObject(value)) {
    const { type } = value;
    if (typeof type === 'string' && type.startsWith(prefix)) types.add(type);
    for (const item of Object.values(value)) collectTypes(item, prefix, types);
  }
}
