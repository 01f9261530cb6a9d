import type { Clock } from '@fettle/base';
import type { ExtensionCatalog } from '@fettle/definition';
import type { ConnectorExtension, FlowActionExtension, FlowTriggerExtension } from '@fettle/sdk/server';
import type { Changes } from './changes/changes.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { createWorkspaceExtensions } from './extensions/workspace-extensions.ts';
import { appMemberRoutes } from './features/app-members/app-members.routes.ts';
import { createAppMembers } from './features/app-members/app-members.service.ts';
import { createAppSources, type GenerateApp } from './features/apps/app-sources.ts';
import { appRoutes } from './features/apps/apps.routes.ts';
import { createApps } from './features/apps/apps.service.ts';
import type { Audit } from './features/audit/audit.service.ts';
import { createDataFeatures, type DataFeatures } from './features/data-sources/data-features.ts';
import { createDraftMemory } from './features/drafts/draft-memory.ts';
import { draftRoutes } from './features/drafts/drafts.routes.ts';
import { createDrafts } from './features/drafts/drafts.service.ts';
import { createFlowFeatures, type FlowFeatures } from './features/flows/flow-features.ts';
import { followLive } from './features/flows/follow-live.ts';
import type { Triggering } from './features/flows/triggers/triggering.ts';
import type { NotificationSignals } from './features/notifications/notification-signals.ts';
import type { Notifications } from './features/notifications/notifications.service.ts';
import { eventActionRoutes } from './features/event-actions/event-actions.routes.ts';
import { EventActions } from './features/event-actions/event-actions.service.ts';
import { createPluginFeatures } from './features/plugins/plugin-features.ts';
import { releaseRoutes } from './features/releases/releases.routes.ts';
import { createReleases } from './features/releases/releases.service.ts';
import { createAppsOfWorkspace } from './features/running/apps-of-workspace.ts';
import { createMyApps } from './features/running/my-apps.ts';
import { runRoutes } from './features/running/run.routes.ts';
import { createRunningApps, type RunningApps } from './features/running/running-apps.ts';
import { templateRoutes } from './features/templates/templates.routes.ts';
import { createUnfinishedInstalls } from './features/templates/unfinished-installs.ts';
import { Templates } from './features/templates/templates.service.ts';
import type { RouteImplementation } from './http/implement-route.ts';
import type { Keys } from './keys/keys.ts';
import type { Log } from './log.ts';
import { createOutbound } from './outbound/outbound.ts';

/** What the app half of the server needs. */
export interface AppHalfOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly keys: Keys;
  readonly audit: Audit;
  readonly changes: Changes;
  readonly triggering: Triggering;
  readonly notifications: Notifications;
  readonly notificationSignals: NotificationSignals;
  readonly connectors: readonly ConnectorExtension[];
  readonly catalog: ExtensionCatalog;
  readonly generateApp: GenerateApp;
  readonly flowActions: readonly FlowActionExtension[];
  readonly flowTriggers: readonly FlowTriggerExtension[];
  readonly templatesFolder: string | undefined;
  /** The script that components of plugins in frames run on. */
  readonly frameRuntime: string | undefined;
  /** Told after the plugins of a workspace changed. */
  readonly onExtensionsChanged: (workspaceId: string) => void;
}

/** The app half: apps as they are edited, released and run, and their data. */
export interface AppHalf {
  readonly routes: readonly RouteImplementation[];
  readonly running: RunningApps;
  readonly data: DataFeatures;
  readonly flows: FlowFeatures;
  /** Looks at what is stored. Call it after the migrations, before listening. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** Wires apps, drafts, releases, running apps and the data features. */
export function composeApps(options: AppHalfOptions): AppHalf {
  const { audit, changes, clock, config, database, generateApp, keys, log, triggering } = options;
  const outbound = createOutbound(config);
  const plugins = createPluginFeatures({
    database,
    config,
    clock,
    log,
    audit,
    fetch: outbound.fetch,
    frameRuntime: options.frameRuntime,
  });
  const { catalog, connectors, flowActions, flowTriggers } = options;
  const extensions = createWorkspaceExtensions({ catalog, connectors, flowActions, flowTriggers }, plugins.of);
  const { catalogOf } = extensions;
  const memory = createDraftMemory(catalogOf);
  const onChanged = (appId: string): void => changes.tell('app', appId);
  const drafts = createDrafts({ database, clock, audit, catalogOf, memory, onChanged });
  const running = createRunningApps({ database, clock, catalogOf, drafts, changes });
  const appsOf = createAppsOfWorkspace({ database, drafts, running });
  const { watched, happenings } = triggering;
  /** More than its draft changed: its live release, or whether it is there at all. */
  const onAppChanged = (appId: string): void => {
    onChanged(appId);
    triggering.index.forget();
    flows.wake();
  };
  const data = createDataFeatures({
    database,
    config,
    keys,
    audit,
    changes,
    clock,
    log,
    extensions,
    outbound,
    appsOf,
    watched,
    happenings,
  });
  const flows = createFlowFeatures({
    database,
    config,
    clock,
    log,
    keys,
    audit,
    extensions,
    drafts,
    running,
    data,
    triggering,
    outbound,
    onChangeNoticed: changes.noticed,
    onPluginsNoticed: () =>
      void plugins.reload().catch((error: unknown) => log.error({ err: error }, 'The plugins cannot be read')),
    notifications: options.notifications,
    notificationSignals: options.notificationSignals,
  });
  const sources = createAppSources({
    catalogOf,
    generateApp,
    data: {
      readSchema: async (grant, dataSource) => (await data.dataSources.schema(grant, dataSource, 'development')).schema,
      ensureDemo: (grant) => data.dataSources.ensure(grant, 'demo', 'Demo'),
      assertExists: async (grant, dataSource) => void (await data.dataSources.read(grant, dataSource)),
    },
  });
  const apps = createApps({ database, clock, audit, sources, drafts, memory, onChanged: onAppChanged });
  const releases = createReleases({
    database,
    clock,
    audit,
    catalogOf,
    drafts,
    memory,
    happenings,
    runTests: flows.runTests,
    onChanged: onAppChanged,
    onLive: (transaction, appId, release) =>
      followLive(transaction, {
        appId,
        release,
        catalogOf,
        now: clock.now(),
        kind: database.kind,
      }),
  });
  const eventActions = new EventActions({
    database,
    clock,
    log,
    audit,
    extensions,
    running,
    secrets: data.secrets,
    data,
    fetch: outbound.fetch,
    networkFor: outbound.networkFor,
  });
  const installMeans = {
    database,
    clock,
    audit,
    log,
    dataSources: data.dataSources,
    structure: data.structure,
    tables: data.tables,
    apps,
    releases,
  };
  const templates = new Templates({ ...installMeans, folder: options.templatesFolder, catalogOf });
  const unfinishedInstalls = createUnfinishedInstalls(installMeans);
  const members = createAppMembers({ database, audit, drafts, running, changes });
  const myApps = createMyApps({ database, running });
  plugins.onChanged((workspaceId) => {
    options.onExtensionsChanged(workspaceId);
    memory.forgetAll();
    running.forgetVersions();
    flows.forgetVersions();
    flows.renewSources(workspaceId);
    void data.sources.forgetConnectors(
      workspaceId,
      (manifest) => extensions.connector(workspaceId, manifest.id)?.manifest === manifest,
    );
  });
  return {
    running,
    data,
    flows,
    prepare: async () => {
      await data.check();
      await plugins.reload();
      plugins.start();
      await unfinishedInstalls.start();
    },
    close: async () => {
      unfinishedInstalls.close();
      await flows.stop();
      await data.close();
      plugins.close();
      await outbound.fetch.close();
    },
    routes: [
      ...appRoutes({ apps, myApps }),
      ...draftRoutes({ drafts, apps }),
      ...releaseRoutes({ releases }),
      ...templateRoutes(templates),
      ...appMemberRoutes({ members, drafts, catalogOf }),
      ...runRoutes({
        describeTables: data.describeTables,
        extensions,
        sendComponentCode: plugins.sendComponentCode,
      }),
      ...data.routes,
      ...plugins.routes(appsOf),
      ...eventActionRoutes(eventActions),
      ...flows.routes,
    ],
  };
}
