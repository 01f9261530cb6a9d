import type { Knex } from 'knex';
import type { Environment } from '@fettle/contract';

/** A data source as stored. */
export interface DataSourceRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly name: string;
  readonly connector: string;
  readonly kind: 'external' | 'internal' | 'demo';
  readonly revision: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Settings of one environment as stored. */
export interface EnvironmentRow {
  readonly data_source_id: string;
  readonly environment: Environment;
  /** SQLite answers 0 and 1. */
  readonly is_inherited: boolean | number;
  readonly settings: string;
}

/** One sealed secret. */
export interface SecretRow {
  readonly data_source_id: string;
  readonly environment: Environment;
  readonly setting: string;
  readonly sealed: string;
  readonly key_id: string;
  readonly updated_at: string;
}

/** The structure as last read. */
export interface SchemaRow {
  readonly data_source_id: string;
  readonly environment: Environment;
  readonly content: string;
  readonly read_at: string;
}

/** Data sources of one workspace, by name. */
export async function listDataSources(knex: Knex, workspaceId: string): Promise<readonly DataSourceRow[]> {
  return knex<DataSourceRow>('data_source').where({ workspace_id: workspaceId }).orderBy('name').orderBy('id');
}

/** One data source, if it is of this workspace. */
export async function findDataSource(knex: Knex, workspaceId: string, id: string): Promise<DataSourceRow | undefined> {
  return knex<DataSourceRow>('data_source').where({ workspace_id: workspaceId, id }).first();
}

/** The revision of a data source; undefined when it is gone. */
export async function revisionOf(knex: Knex, id: string): Promise<number | undefined> {
  const row = await knex<DataSourceRow>('data_source').where({ id }).first('revision');
  return row?.revision;
}

/** Adds a data source. */
export async function insertDataSource(knex: Knex, row: DataSourceRow): Promise<void> {
  await knex('data_source').insert(row);
}

/** Changes a data source and raises its revision. */
export async function updateDataSource(
  knex: Knex,
  id: string,
  change: { readonly name?: string; readonly updated_at: string },
): Promise<void> {
  await knex('data_source').where({ id }).update(change).increment('revision', 1);
}

/** Deletes a data source with everything stored of it. */
export async function deleteDataSource(knex: Knex, id: string): Promise<void> {
  await knex('data_source').where({ id }).delete();
}

/** Settings of data sources, of all their environments. */
export async function listEnvironments(knex: Knex, ids: readonly string[]): Promise<readonly EnvironmentRow[]> {
  return knex<EnvironmentRow>('data_source_environment').whereIn('data_source_id', [...ids]);
}

/** Writes the settings of one environment. */
export async function saveEnvironment(knex: Knex, row: EnvironmentRow): Promise<void> {
  await knex('data_source_environment').insert(row).onConflict(['data_source_id', 'environment']).merge();
}

/** Sealed secrets of data sources. */
export async function listSecrets(knex: Knex, ids: readonly string[]): Promise<readonly SecretRow[]> {
  return knex<SecretRow>('data_source_secret')
    .whereIn('data_source_id', [...ids])
    .orderBy('setting');
}

/** Writes one sealed secret. */
export async function saveSecret(knex: Knex, row: SecretRow): Promise<void> {
  await knex('data_source_secret').insert(row).onConflict(['data_source_id', 'environment', 'setting']).merge();
}

/** Removes secrets of one environment: the named ones, or all. */
export async function deleteSecrets(
  knex: Knex,
  place: { readonly data_source_id: string; readonly environment: Environment },
  settings?: readonly string[],
): Promise<void> {
  const query = knex('data_source_secret').where(place);
  if (settings !== undefined) query.whereIn('setting', [...settings]);
  await query.delete();
}

/** The structure last read, if any. */
export async function findSchema(knex: Knex, id: string, environment: Environment): Promise<SchemaRow | undefined> {
  return knex<SchemaRow>('data_source_schema').where({ data_source_id: id, environment }).first();
}

/** Keeps the structure just read. */
export async function saveSchema(knex: Knex, row: SchemaRow): Promise<void> {
  await knex('data_source_schema').insert(row).onConflict(['data_source_id', 'environment']).merge();
}

/** Forgets the structure: after a change of settings it may be another database. */
export async function deleteSchemas(knex: Knex, id: string, environment?: Environment): Promise<void> {
  await knex('data_source_schema')
    .where({ data_source_id: id, ...(environment === undefined ? {} : { environment }) })
    .delete();
}
