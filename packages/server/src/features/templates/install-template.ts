import { authorise, type Actor, type Grant, type WorkspaceSubject } from '@fettle/access';
import type { AppInfo, Environment } from '@fettle/contract';
import { mapTables, mapDataSources } from '@fettle/definition';
import { stateRelationNames, storeSampleRows, templateDataSource, type Template } from '@fettle/template';
import { workspaceIdOf } from '../../grants.ts';
import type { Log } from '../../log.ts';
import type { Apps } from '../apps/apps.service.ts';
import type { DataSources } from '../data-sources/data-sources.service.ts';
import type { Structure } from '../internal-data/structure.service.ts';
import type { Releases } from '../releases/releases.service.ts';
import { userValue } from '../tables/actor-stamps.ts';
import type { Tables } from '../tables/tables.service.ts';
import { chooseTableNames, renameTables } from './table-names.ts';

/** What installing a template takes. */
export interface InstallMeans {
  readonly dataSources: DataSources;
  readonly structure: Structure;
  readonly tables: Tables;
  readonly apps: Apps;
  readonly releases: Releases;
  readonly now: () => number;
  readonly log: Log;
}

/** How a template is installed. */
export interface InstallRequest {
  readonly grant: Grant;
  readonly template: Template;
  readonly name: string;
  /** Where the sample rows go. */
  readonly environments: readonly Environment[];
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Installed {
  readonly app: AppInfo;
  readonly dataSource: string;
  /** Name in the template → name here. */
  readonly tables: Readonly<Record<string, string>>;
}

/** What was made so far, and how each is taken back, the last first. */
type Undo = () => Promise<unknown>;

/** Makes the tables, the rows and the app of a template and publishes it. When a step fails, nothing of it stays. */
export async function installTemplate(means: InstallMeans, request: InstallRequest): Promise<Installed> {
  const { actor } = request.grant;
  const subject: WorkspaceSubject = { kind: 'workspace', workspaceId: workspaceIdOf(request.grant) };
  // All of it is asked for before any of it is done.
  const grants = {
    app: request.grant,
    dataSource: authorise(actor, 'data-source.manage', subject),
    structure: authorise(actor, 'structure.manage', subject),
    rows: authorise(actor, 'data.write', subject),
    publish: authorise(actor, 'app.publish', subject),
  };
  const undo: Undo[] = [];
  try {
    const dataSource = await ensureInternal(means, grants.dataSource, undo);
    const tables = await makeTables(means, { grant: grants.structure, dataSource, template: request.template }, undo);
    for (const environment of request.environments)
      await storeRows(means, request, { grant: grants.rows, dataSource, tables, environment });
    const app = await makeApp(means, request, { dataSource, tables }, undo);
    return { app, dataSource, tables };
  } catch (error) {
    for (const takeBack of undo.toReversed())
      await takeBack().catch((left: unknown) => means.log.error({ err: left }, 'A part of a template was left behind'));
    throw error;
  }
}

async function ensureInternal({ dataSources }: InstallMeans, grant: Grant, undo: Undo[]): Promise<string> {
  const before = await dataSources.list(grant);
  const id = await dataSources.ensure(grant, 'internal', 'Tables');
  if (before.every((source) => source.id !== id)) {
    undo.push(async () => {
      // Somebody may have put a table into it meanwhile.
      const { tables } = await dataSources.schema(grant, id, 'development');
      if (tables.size === 0) await dataSources.delete(grant, id, true);
    });
  }
  return id;
}

async function makeTables(
  { structure }: InstallMeans,
  place: { readonly grant: Grant; readonly dataSource: string; readonly template: Template },
  undo: Undo[],
): Promise<Readonly<Record<string, string>>> {
  const { grant, dataSource, template } = place;
  let names: Readonly<Record<string, string>> = {};
  await structure.createTables(grant, dataSource, (taken) => {
    names = chooseTableNames(template.tables, taken);
    return renameTables(stateRelationNames(template.tables), names);
  });
  undo.push(() => structure.dropTables(grant, dataSource, Object.values(names)));
  return names;
}

async function storeRows(
  { tables, now }: InstallMeans,
  { template, signal }: InstallRequest,
  place: {
    readonly grant: Grant;
    readonly dataSource: string;
    readonly tables: Readonly<Record<string, string>>;
    readonly environment: Environment;
  },
): Promise<void> {
  const { grant, dataSource, environment } = place;
  const actor: Actor = grant.actor;
  const call = (table: string) => ({
    grant,
    actor,
    environment,
    dataSource,
    table: place.tables[table] ?? table,
    signal,
  });
  await storeSampleRows(
    template,
    { now: now(), user: userValue(actor) ?? '' },
    {
      create: async (table, rows) => (await tables.create(call(table), rows)).map((row) => row['id'] ?? null),
      update: async (table, changes) => {
        await tables.update(
          call(table),
          changes.map(({ id, values }) => ({ key: { id }, values })),
        );
      },
    },
  );
}

async function makeApp(
  { apps, releases }: InstallMeans,
  { grant, template, name }: InstallRequest,
  place: { readonly dataSource: string; readonly tables: Readonly<Record<string, string>> },
  undo: Undo[],
): Promise<AppInfo> {
  const onTables = mapTables(template.app, templateDataSource, place.tables);
  const app = mapDataSources(onTables, { [templateDataSource]: place.dataSource });
  const made = await apps.create(grant, { name, from: { kind: 'template', template: template.about.id, app } });
  const subject = { kind: 'app', workspaceId: workspaceIdOf(grant), appId: made.id } as const;
  const { actor } = grant;
  undo.push(() => apps.delete(authorise(actor, 'app.delete', subject), name));
  await releases.publish(authorise(actor, 'app.publish', subject), {
    revision: made.revision,
    note: `From the template ${template.about.name} ${template.about.version}`,
  });
  return apps.read(authorise(actor, 'app.read', subject));
}
