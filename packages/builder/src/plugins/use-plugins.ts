import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { errorOf, routes, type PluginInfo, type PluginInspection, type PluginOrigin } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useWorkspace } from '../shell/workspace.tsx';

/** What a plugin is looked at from: a chosen file, or where the server gets it. */
export type ChosenPlugin = { readonly kind: 'file'; readonly file: File } | PluginOrigin;

/** The plugins of the workspace, and how more can be got. */
export function usePlugins() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['plugins', workspaceId],
    queryFn: ({ signal }) => client.call(routes.plugins.list, { params: { workspaceId }, signal }),
  });
}

/** Apps and data sources that use a plugin. */
export function usePluginUses(plugin: string | undefined) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    // By a name of its own: a plugin that was just removed is not asked for again.
    queryKey: ['plugin-uses', workspaceId, plugin],
    queryFn: async ({ signal }) =>
      (await client.call(routes.plugins.usage, { params: { workspaceId, plugin: plugin ?? '' }, signal })).uses,
    enabled: plugin !== undefined,
    staleTime: 0,
  });
}

/** Looks at a plugin, without installing it. */
export function useInspectPlugin(onDone: (inspection: PluginInspection) => void) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: async (chosen: ChosenPlugin): Promise<PluginInspection> => {
      if (chosen.kind !== 'file') {
        return (await client.call(routes.plugins.inspect, { params: { workspaceId }, body: { from: chosen } }))
          .inspection;
      }
      const form = new FormData();
      form.set('file', chosen.file);
      const response = await fetch(client.url(routes.plugins.upload, { params: { workspaceId } }), {
        method: 'POST',
        body: form,
      });
      if (!response.ok) throw await errorOf(response);
      return ((await response.json()) as { inspection: PluginInspection }).inspection;
    },
    onSuccess: onDone,
  });
}

/** Installs or updates to what was looked at, with all it asks for. */
export function useInstallPlugin(onDone: (plugin: PluginInfo) => void) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const changed = usePluginsChanged();
  return useMutation({
    mutationFn: async ({ integrity, permissions }: PluginInspection) => {
      const granted = permissions.filter(({ change }) => change !== 'removed').map(({ key }) => key);
      return (await client.call(routes.plugins.install, { params: { workspaceId }, body: { integrity, granted } }))
        .plugin;
    },
    onSuccess: async (plugin) => {
      await changed();
      onDone(plugin);
    },
  });
}

/** Turns a plugin on or off. */
export function useEnablePlugin() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const changed = usePluginsChanged();
  return useMutation({
    mutationFn: ({ plugin, isEnabled }: { readonly plugin: string; readonly isEnabled: boolean }) =>
      client.call(routes.plugins.change, { params: { workspaceId, plugin }, body: { isEnabled } }),
    onSuccess: changed,
  });
}

/** Asks where a plugin came from whether there is a newer version. */
export function useLookForUpdate(onDone: (plugin: PluginInfo) => void) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: async (plugin: string) =>
      (await client.call(routes.plugins.lookForUpdate, { params: { workspaceId, plugin } })).plugin,
    onSuccess: async (plugin) => {
      await queries.invalidateQueries({ queryKey: ['plugins', workspaceId] });
      onDone(plugin);
    },
  });
}

/** Lets components of a plugin run in apps, or in frames again. */
export function useTrustPlugin(onDone: () => void) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const changed = usePluginsChanged();
  return useMutation({
    mutationFn: ({ plugin, isTrusted }: { readonly plugin: PluginInfo; readonly isTrusted: boolean }) =>
      client.call(routes.plugins.trust, {
        params: { workspaceId, plugin: plugin.id },
        body: { integrity: plugin.integrity, isTrusted },
      }),
    onSuccess: async () => {
      await changed();
      onDone();
    },
  });
}

/** Removes a plugin. */
export function useRemovePlugin(onDone: () => void) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const changed = usePluginsChanged();
  return useMutation({
    mutationFn: (plugin: string) => client.call(routes.plugins.remove, { params: { workspaceId, plugin } }),
    onSuccess: async () => {
      await changed();
      onDone();
    },
  });
}

/** Whatever was made of plugins is asked for again. */
function usePluginsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return async () => {
    await Promise.all(
      [['plugins', workspaceId], ['connectors', workspaceId], ['extensions']].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  };
}
