import type { Environment, InstallStep } from '@fettle/contract';
import type { StoreAccess, StoreTransaction } from '../../database/database.ts';

/** A template that is being installed. */
export interface InstallRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly template: string;
  readonly name: string;
  readonly watch_key: string | null;
  readonly step: InstallStep;
  readonly environment: Environment | null;
  /** SQLite answers 0 and 1. */
  readonly makes_source: boolean | number;
  readonly app_id: string;
  /** PostgreSQL answers big numbers as texts. */
  readonly started_at: number | string;
  readonly holder: string;
  readonly held_until: number | string;
}

/** A table that it makes or has made. */
export interface InstallTableRow {
  readonly data_source_id: string;
  readonly name: string;
  readonly install_id: string;
  /** Names of its columns as JSON. */
  readonly columns: string;
}

export async function insertInstall(knex: StoreAccess, row: InstallRow): Promise<void> {
  await knex('template_install').insert(row);
}

export async function findInstall(knex: StoreAccess, id: string): Promise<InstallRow | undefined> {
  return knex<InstallRow>('template_install').where({ id }).first();
}

/** Those under way in a workspace, the first first. */
export async function listInstalls(knex: StoreAccess, workspaceId: string): Promise<readonly InstallRow[]> {
  return knex<InstallRow>('template_install').where({ workspace_id: workspaceId }).orderBy('started_at').orderBy('id');
}

/** Those that nobody holds at this time; without one: all. */
export async function listAbandoned(knex: StoreAccess, now: number | undefined): Promise<readonly InstallRow[]> {
  const query = knex<InstallRow>('template_install').orderBy('started_at');
  return now === undefined ? query : query.where('held_until', '<', now);
}

/** Changes one that its holder still holds; false when somebody else does. */
export async function changeInstall(
  knex: StoreAccess,
  { id, holder }: Pick<InstallRow, 'id' | 'holder'>,
  change: Partial<Pick<InstallRow, 'step' | 'environment' | 'holder' | 'held_until'>>,
): Promise<boolean> {
  return (await knex('template_install').where({ id, holder }).update(change)) > 0;
}

/** Forgets one that its holder still holds; false when somebody else does. */
export async function deleteInstall(
  knex: StoreAccess,
  { id, holder }: Pick<InstallRow, 'id' | 'holder'>,
): Promise<boolean> {
  // By hand: connections of SQLite need not follow references.
  const isHeld = (await knex('template_install').where({ id, holder }).first('id')) !== undefined;
  if (!isHeld) return false;
  await knex('template_install_table').where({ install_id: id }).delete();
  return (await knex('template_install').where({ id, holder }).delete()) > 0;
}

/** Names that installs have written down for a data source. */
export async function listClaimedNames(knex: StoreAccess, dataSource: string): Promise<readonly string[]> {
  const rows = await knex<InstallTableRow>('template_install_table')
    .where({ data_source_id: dataSource })
    .select('name');
  return rows.map(({ name }) => name);
}

/** Writes names down, all or none. Rejects when one of them is written down already. */
export async function claimTables(transaction: StoreTransaction, rows: readonly InstallTableRow[]): Promise<void> {
  if (rows.length > 0) await transaction('template_install_table').insert([...rows]);
}

export async function listTablesOf(knex: StoreAccess, install: string): Promise<readonly InstallTableRow[]> {
  return knex<InstallTableRow>('template_install_table').where({ install_id: install });
}

export async function forgetTablesOf(knex: StoreAccess, install: string): Promise<void> {
  await knex('template_install_table').where({ install_id: install }).delete();
}
