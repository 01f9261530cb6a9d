import { notFound, type Clock } from '@fettle/base';
import {
  flowRights,
  withFunctions,
  type AccessPlan,
  type App,
  type ExtensionCatalog,
  type Flow,
} from '@fettle/definition';
import { createExpiringCache } from '../../caching/expiring-cache.ts';
import type { Database, StoreAccess } from '../../database/database.ts';
import { contentOf, loadStored, textOf } from '../apps/app-content.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { RunningApps } from '../running/running-apps.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** One flow of one version of an app, with what it may do. */
export interface FlowOfVersion {
  readonly app: App;
  readonly flow: Flow;
  readonly rights: AccessPlan;
}

/** Flows of the versions that runs are pinned to. */
export interface FlowVersions {
  /** Throws when the version or its flow is gone. */
  find(appId: string, version: string, flowId: string): Promise<FlowOfVersion>;
  /** The draft as it is now, kept for the runs that begin on it. Answers its version. */
  keepDraft(appId: string): Promise<{ readonly version: string; readonly app: App }>;
  /** What apps are made of changed: the extensions of a workspace. */
  forgetVersions(): void;
}

/** Makes the look-up of flows by version. Versions never change, so what was found stays found, while its extensions do. */
export function createFlowVersions(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly catalogOf: CatalogOf;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly running: Pick<RunningApps, 'versionOfRelease'>;
}): FlowVersions {
  const { database, clock, catalogOf, drafts, running } = options;
  const known = createExpiringCache<FlowOfVersion>({ clock, maxAgeMs: Number.POSITIVE_INFINITY, maxEntries: 200 });
  const keptDrafts = createExpiringCache<App>({ clock, maxAgeMs: 60_000, maxEntries: 20 });

  const catalogOfApp = async (appId: string): Promise<ExtensionCatalog> => {
    const row = (await database.knex('app').where({ id: appId }).first('workspace_id')) as
      | { workspace_id: string }
      | undefined;
    if (row === undefined) throw unknownFlow();
    return catalogOf(row.workspace_id);
  };
  const appOf = async (appId: string, version: string): Promise<App> => {
    if (!version.startsWith('draft-')) return (await running.versionOfRelease(version)).app;
    const key = `${appId} ${version}`;
    return (
      keptDrafts.peek(key) ??
      keptDrafts.get(key, async () => {
        const files = JSON.parse(await readDraft(database.knex, appId, version)) as Record<string, string>;
        const catalog = await catalogOfApp(appId);
        return withFunctions(loadStored(files, catalog, `Draft ${version} of ${appId}`), catalog.functions);
      })
    );
  };
  return {
    find: async (appId, version, flowId) =>
      known.get(`${appId} ${version} ${flowId}`, async () => {
        const app = await appOf(appId, version);
        const flow = Object.hasOwn(app.flows, flowId) ? app.flows[flowId] : undefined;
        if (flow === undefined) throw unknownFlow();
        return { app, flow, rights: flowRights(app, flow, await catalogOfApp(appId)) };
      }),
    forgetVersions() {
      known.forgetAll();
      keptDrafts.forgetAll();
    },
    async keepDraft(appId) {
      const { row, draft } = await drafts.read(appId);
      const version = `draft-${row.revision}`;
      await database
        .knex('flow_draft')
        .insert({ app_id: appId, version, content: textOf(contentOf(draft.app).files), created_at: clock.now() })
        .onConflict(['app_id', 'version'])
        // It is needed from now on: drafts that no run needs are removed by their age.
        .merge(['created_at']);
      return { version, app: withFunctions(draft.app, catalogOf(row.workspace_id).functions) };
    },
  };
}

async function readDraft(knex: StoreAccess, appId: string, version: string): Promise<string> {
  const row = (await knex('flow_draft').where({ app_id: appId, version }).first('content')) as
    | { content: string }
    | undefined;
  if (row === undefined)
    throw notFound({ code: 'flow.draft-gone', message: 'The draft this run was made with is gone.' });
  return row.content;
}

/** What there is to say of a flow that is not there. */
export const unknownFlow = () =>
  notFound({
    code: 'flow.unknown',
    message: 'There is no such flow.',
    hint: 'It may have been removed in a newer release.',
  });
