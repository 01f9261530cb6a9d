import { authorise, type SystemActor, type WorkspaceSubject } from '@fettle/access';
import { AppError } from '@fettle/base';
import type { KnownSchema } from '../data-sources/open-source.ts';
import type { InstallMeans } from './install-template.ts';
import { deleteInstall, listTablesOf, type InstallRow, type InstallTableRow } from './installs.store.ts';

/** What an install that does not go on leaves: nothing, or all of it. */
export type Outcome = 'taken-back' | 'whole';

const actor: SystemActor = { kind: 'system', reason: 'An unfinished install of a template is taken back' };

/**
 * Removes what an install made so far: the app, the tables with their rows, and the data source when nobody else has put
 * a table into it. One whose app is live was only not told to be done: it stays. Can be repeated at any point.
 */
export async function takeBack(means: InstallMeans, row: InstallRow): Promise<Outcome> {
  const { database, apps } = means;
  const inApp = { kind: 'app', workspaceId: row.workspace_id, appId: row.app_id } as const;
  const app = await apps.read(authorise(actor, 'app.read', inApp)).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'not-found') return undefined;
    throw error;
  });
  if (app !== undefined && app.live !== null) {
    await deleteInstall(database.knex, row);
    return 'whole';
  }
  if (app !== undefined) await apps.delete(authorise(actor, 'app.delete', inApp), app.name);
  await takeBackTables(means, row);
  await deleteInstall(database.knex, row);
  return 'taken-back';
}

async function takeBackTables({ database, dataSources, structure }: InstallMeans, row: InstallRow): Promise<void> {
  const subject: WorkspaceSubject = { kind: 'workspace', workspaceId: row.workspace_id };
  const grants = {
    structure: authorise(actor, 'structure.manage', subject),
    dataSource: authorise(actor, 'data-source.manage', subject),
  };
  const found = (await dataSources.list(grants.dataSource)).find(({ kind }) => kind === 'internal');
  if (found === undefined) return;
  const known = {
    development: await dataSources.refreshSchema(grants.dataSource, found.id, 'development'),
    production: await dataSources.refreshSchema(grants.dataSource, found.id, 'production'),
  };
  const tables = (await listTablesOf(database.knex, row.id)).filter(({ data_source_id: id }) => id === found.id);
  const own = tables.filter((table) => row.step !== 'tables' || isOwn(table, known.development));
  const left = own.filter(({ name }) => known.development.tables.has(name) || known.production.tables.has(name));
  if (left.length > 0) {
    const names = left.map(({ name }) => name);
    await structure.dropTables(grants.structure, found.id, names);
  }
  if (Number(row.makes_source) === 0) return;
  // Somebody may have put a table into it meanwhile.
  const { tables: remaining } = await dataSources.refreshSchema(grants.dataSource, found.id, 'development');
  if (remaining.size === 0) await dataSources.delete(grants.dataSource, found.id, true);
}

/**
 * Names are written down before the tables are made. In the moment between, somebody may have made one of that name: it
 * has columns of its own.
 */
function isOwn({ name, columns }: InstallTableRow, { tables }: KnownSchema): boolean {
  const there = tables.get(name)?.columns.map((column) => column.name) ?? [];
  const wanted = new Set(JSON.parse(columns) as readonly string[]);
  return there.every((column) => column === 'id' || wanted.has(column));
}
