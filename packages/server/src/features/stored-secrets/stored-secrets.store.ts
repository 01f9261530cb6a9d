import type { Knex } from 'knex';
import type { Environment } from '@fettle/contract';

/** A stored secret, sealed. */
export interface StoredSecretRow {
  readonly workspace_id: string;
  readonly environment: Environment;
  readonly name: string;
  readonly sealed: string;
  readonly key_id: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

const table = 'stored_secret';

/** All of a workspace, by name. */
export async function listStoredSecrets(knex: Knex, workspaceId: string): Promise<readonly StoredSecretRow[]> {
  return (await knex(table).where({ workspace_id: workspaceId }).orderBy(['name', 'environment'])) as StoredSecretRow[];
}

export async function findStoredSecrets(
  knex: Knex,
  place: { readonly workspaceId: string; readonly environment: Environment },
  names: readonly string[],
): Promise<readonly StoredSecretRow[]> {
  if (names.length === 0) return [];
  return (await knex(table)
    .where({ workspace_id: place.workspaceId, environment: place.environment })
    .whereIn('name', [...names])) as StoredSecretRow[];
}

export async function saveStoredSecret(knex: Knex, row: StoredSecretRow): Promise<void> {
  await knex(table).insert(row).onConflict(['workspace_id', 'environment', 'name']).merge();
}

/** False when there was none. */
export async function deleteStoredSecret(
  knex: Knex,
  secret: Pick<StoredSecretRow, 'workspace_id' | 'environment' | 'name'>,
): Promise<boolean> {
  return (await knex(table).where(secret).delete()) > 0;
}
