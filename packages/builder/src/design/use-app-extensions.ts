import { useEffect, useMemo } from 'react';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { routes, type ContributedExtensions } from '@fettle/contract';
import type { ExtensionCatalog } from '@fettle/definition';
import {
  createAppClient,
  followChanges,
  pluginComponent,
  pluginEventAction,
  type ServerEventAction,
} from '@fettle/runtime';
import {
  createCatalog,
  withMigrations,
  type ComponentManifest,
  type EventActionManifest,
  type FlowActionManifest,
  type FlowTriggerManifest,
} from '@fettle/sdk';
import type { ComponentExtension } from '@fettle/sdk/react';
import { useClient } from '../api/client.ts';
import { useExtensions, type BuilderExtensions, type FlowManifests } from '../extensions.ts';

interface Brought {
  readonly builtIn: FlowManifests;
  readonly plugins: ContributedExtensions;
}

/** What an app can be made of: what the builder was started with, and what plugins of its workspace bring. */
export function useAppExtensions(
  appId: string,
): Pick<UseQueryResult, 'isError' | 'error' | 'refetch'> & { readonly extensions: BuilderExtensions | undefined } {
  const started = useExtensions();
  const client = useClient();
  const brought = useQuery({
    queryKey: ['extensions', appId],
    queryFn: async ({ signal }): Promise<Brought> => {
      const [builtIn, plugins] = await Promise.all([
        started.loadFlowManifests?.() ?? { actions: [], triggers: [] },
        client.call(routes.plugins.extensionsOfApp, { params: { appId }, signal }),
      ]);
      return { builtIn, plugins };
    },
    staleTime: Infinity,
    // What is installed may have changed since the app was last open.
    gcTime: 0,
  });
  const extensions = useExtensionsOf(started, brought.data, appId);
  const { isError, error, refetch } = brought;
  return { extensions, isError, error, refetch };
}

/** Looks again at what plugins bring when something is installed, updated or removed. */
export function useFollowedPlugins(appId: string, workspaceId: string | undefined): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    if (workspaceId === undefined) return undefined;
    const url = client.url(routes.notifications.inWorkspace.live, { params: { workspaceId } });
    return followChanges(url, () => void queries.invalidateQueries({ queryKey: ['extensions', appId] }), {
      topic: 'extensions',
    });
  }, [appId, workspaceId, client, queries]);
}

function useExtensionsOf(
  started: BuilderExtensions,
  brought: Brought | undefined,
  appId: string,
): BuilderExtensions | undefined {
  const components = useMemo(
    () => (brought === undefined ? undefined : [...started.components, ...componentsOf(brought.plugins, appId)]),
    [started, brought?.plugins.components, appId],
  );
  const eventActions = useMemo(
    () => (brought === undefined ? undefined : [...started.eventActions, ...eventActionsOf(brought.plugins)]),
    [started, brought?.plugins.eventActions],
  );
  const flows = useMemo(
    () => (brought === undefined ? undefined : flowsOf(brought)),
    [brought?.builtIn, brought?.plugins.flowActions, brought?.plugins.flowTriggers],
  );
  const functions = brought?.plugins.functions;
  return useMemo(() => {
    if (components === undefined || eventActions === undefined || flows === undefined || functions === undefined)
      return undefined;
    const catalog: ExtensionCatalog = createCatalog({
      components: components.map(({ manifest }) => manifest),
      eventActions: eventActions.map(({ manifest }) => manifest),
      flowActions: flows.actions,
      flowTriggers: flows.triggers,
      functions,
    });
    return { ...started, components, eventActions, flows, functions, catalog };
  }, [started, components, eventActions, flows, functions]);
}

function componentsOf({ components }: ContributedExtensions, appId: string): readonly ComponentExtension[] {
  const client = createAppClient({ draftOf: appId });
  return components.map((component) => {
    const [manifest] = withMigrations<ComponentManifest>([component.manifest]);
    // A plugin has one group in the palette, whatever it calls the categories of what it brings.
    const named = { ...(manifest ?? component.manifest), category: component.pluginTitle };
    return pluginComponent({ ...component, manifest: named }, client);
  });
}

function eventActionsOf({ eventActions }: ContributedExtensions): readonly ServerEventAction[] {
  return eventActions.map(({ manifest: given, pluginTitle }) => {
    const [manifest = given] = withMigrations<EventActionManifest>([given]);
    // As in the palette: one group for what a plugin brings.
    return pluginEventAction({ manifest: { ...manifest, category: pluginTitle } });
  });
}

function flowsOf({ builtIn, plugins }: Brought): FlowManifests {
  const actions = [...builtIn.actions, ...withMigrations<FlowActionManifest>(plugins.flowActions)];
  const triggers = [...builtIn.triggers, ...withMigrations<FlowTriggerManifest>(plugins.flowTriggers)];
  return { actions, triggers };
}
