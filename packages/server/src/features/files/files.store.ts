import type { Knex } from 'knex';

/** What is known of a stored file. */
export interface StoredFileRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly app_id: string;
  readonly environment: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly created_at: string;
  readonly created_by: string;
}

/** Notes a stored file. */
export async function insertFile(knex: Knex, row: StoredFileRow): Promise<void> {
  await knex('stored_file').insert(row);
}

/** A file of a workspace. */
export async function findFile(knex: Knex, workspaceId: string, id: string): Promise<StoredFileRow | undefined> {
  return knex<StoredFileRow>('stored_file').where({ workspace_id: workspaceId, id }).first();
}
