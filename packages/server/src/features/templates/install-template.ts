import { authorise, type Actor, type Grant, type WorkspaceSubject } from '@fettle/access';
import { AppError, type Clock } from '@fettle/base';
import type { AppInfo, Environment } from '@fettle/contract';
import { mapTables, mapDataSources } from '@fettle/definition';
import { stateRelationNames, storeSampleRows, templateDataSource, type Template } from '@fettle/template';
import type { Database } from '../../database/database.ts';
import { workspaceIdOf } from '../../grants.ts';
import type { Log } from '../../log.ts';
import type { Apps } from '../apps/apps.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { DataSources } from '../data-sources/data-sources.service.ts';
import type { Structure } from '../internal-data/structure.service.ts';
import type { Releases } from '../releases/releases.service.ts';
import { userValue } from '../tables/actor-stamps.ts';
import type { Tables } from '../tables/tables.service.ts';
import { beginRecord, lost, type InstallRecord } from './install-record.ts';
import { deleteInstall, findInstall, forgetTablesOf, type InstallRow } from './installs.store.ts';
import { chooseTableNames, renameTables } from './table-names.ts';
import { takeBack } from './take-back.ts';

/** What installing a template takes. */
export interface InstallMeans {
  readonly dataSources: DataSources;
  readonly structure: Structure;
  readonly tables: Tables;
  readonly apps: Apps;
  readonly releases: Releases;
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly log: Log;
}

/** How a template is installed. */
export interface InstallRequest {
  readonly grant: Grant;
  readonly template: Template;
  readonly name: string;
  /** Where the sample rows go. */
  readonly environments: readonly Environment[];
  /** By which the person who asked for it finds it among those under way. */
  readonly watchKey?: string | undefined;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Installed {
  readonly app: AppInfo;
  readonly dataSource: string;
  /** Name in the template → name here. */
  readonly tables: Readonly<Record<string, string>>;
}

/**
 * Makes the tables, the rows and the app of a template and publishes it. What is made is written down before, so that
 * nothing of it stays when a step fails, nor when the server dies (`unfinished-installs.ts`).
 */
export async function installTemplate(means: InstallMeans, request: InstallRequest): Promise<Installed> {
  const { actor } = request.grant;
  const workspaceId = workspaceIdOf(request.grant);
  const subject: WorkspaceSubject = { kind: 'workspace', workspaceId };
  // All of it is asked for before any of it is done.
  const grants = {
    app: request.grant,
    dataSource: authorise(actor, 'data-source.manage', subject),
    structure: authorise(actor, 'structure.manage', subject),
    rows: authorise(actor, 'data.write', subject),
    publish: authorise(actor, 'app.publish', subject),
  };
  const before = await means.dataSources.list(grants.dataSource);
  const record = await beginRecord(means, {
    workspace_id: workspaceId,
    template: request.template.about.id,
    name: request.name,
    watch_key: request.watchKey ?? null,
    makes_source: before.every(({ kind }) => kind !== 'internal'),
  });
  try {
    const dataSource = await means.dataSources.ensure(grants.dataSource, 'internal', 'Tables');
    const tables = await makeTables(means, record, { grant: grants.structure, dataSource, template: request.template });
    for (const environment of request.environments) {
      await record.at('rows', environment);
      await storeRows(means, request, { grant: grants.rows, dataSource, tables, environment });
    }
    const app = await makeApp(means, request, { record, dataSource, tables });
    await finish(means, request, { record, app, tables });
    return { app, dataSource, tables };
  } catch (error) {
    // What does not work now is tried again later.
    await takeBack(means, await whereItStands(means, record)).catch((left: unknown) =>
      means.log.error({ err: left }, 'What a template had made could not be taken back yet'),
    );
    throw error;
  } finally {
    record.letGo();
  }
}

/** From then on it is whole. */
async function finish(
  { database, audit }: InstallMeans,
  { grant, template, environments }: InstallRequest,
  made: {
    readonly record: InstallRecord;
    readonly app: AppInfo;
    readonly tables: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { about } = template;
  await database.transaction(async (transaction) => {
    if (!(await deleteInstall(transaction, made.record.row))) throw lost();
    await audit.record(
      {
        actor: grant.actor,
        action: 'templates.install',
        workspaceId: workspaceIdOf(grant),
        target: made.app.id,
        details: {
          template: about.id,
          version: about.version,
          sampleRows: environments.length === 0 ? 'none' : environments.length === 1 ? 'development' : 'everywhere',
          tables: made.tables,
        },
      },
      transaction,
    );
  });
}

async function whereItStands({ database }: InstallMeans, { row }: InstallRecord): Promise<InstallRow> {
  return (await findInstall(database.knex, row.id)) ?? row;
}

async function makeTables(
  { structure, database }: InstallMeans,
  record: InstallRecord,
  place: { readonly grant: Grant; readonly dataSource: string; readonly template: Template },
): Promise<Readonly<Record<string, string>>> {
  const { grant, dataSource, template } = place;
  let names: Readonly<Record<string, string>> = {};
  const stated = stateRelationNames(template.tables);
  const making = structure.createTables(grant, dataSource, async (taken) => {
    const chosen = await record.claim(dataSource, (claimed) => {
      const free = chooseTableNames(template.tables, [...taken, ...claimed]);
      const tables = renameTables(stated, free);
      return {
        free,
        made: tables,
        tables: tables.map(({ name, fields }) => ({ name, columns: fields.map((field) => field.name) })),
      };
    });
    names = chosen.free;
    return chosen.made;
  });
  await making.catch(async (error: unknown) => {
    // Unless it says otherwise, nothing was made: what is there under these names is somebody else's.
    if (!(error instanceof AppError && error.code === 'structure.half-done'))
      await forgetTablesOf(database.knex, record.row.id);
    throw error;
  });
  return names;
}

async function storeRows(
  { tables, clock }: InstallMeans,
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
    { now: clock.now(), user: userValue(actor) ?? '' },
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
  place: {
    readonly record: InstallRecord;
    readonly dataSource: string;
    readonly tables: Readonly<Record<string, string>>;
  },
): Promise<AppInfo> {
  const { record } = place;
  await record.at('app');
  const onTables = mapTables(template.app, templateDataSource, place.tables);
  const app = mapDataSources(onTables, { [templateDataSource]: place.dataSource });
  const made = await apps.create(grant, {
    id: record.row.app_id,
    name,
    from: { kind: 'template', template: template.about.id, app },
  });
  await record.at('publish');
  const subject = { kind: 'app', workspaceId: workspaceIdOf(grant), appId: made.id } as const;
  const { actor } = grant;
  await releases.publish(authorise(actor, 'app.publish', subject), {
    revision: made.revision,
    note: `From the template ${template.about.name} ${template.about.version}`,
  });
  return apps.read(authorise(actor, 'app.read', subject));
}
